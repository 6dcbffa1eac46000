package org.avatarengine.speech;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Builds small ONNX files from weights in another format.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto, which defines the field numbers</a>
 */
public final class OnnxBuilder {
    public static final int FLOAT = 1;
    public static final int INT64 = 7;
    public static final int BOOL = 9;

    private final UnknownFieldSet.Builder graph = UnknownFieldSet.newBuilder();

    public OnnxBuilder() {
        add(graph, 2, text("graph"));
    }

    private static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static void add(UnknownFieldSet.Builder to, int field, ByteString value) {
        to.mergeField(field, Field.newBuilder().addLengthDelimited(value).build());
    }

    private static void add(UnknownFieldSet.Builder to, int field, long value) {
        to.mergeField(field, Field.newBuilder().addVarint(value).build());
    }

    private static ByteString value(String name, int type, Object... shape) {
        UnknownFieldSet.Builder dims = UnknownFieldSet.newBuilder();
        for (Object dim : shape) {
            UnknownFieldSet.Builder one = UnknownFieldSet.newBuilder();
            if (dim instanceof Integer fixed) {
                add(one, 1, fixed);
            } else {
                add(one, 2, text(dim.toString()));
            }
            add(dims, 1, one.build().toByteString());
        }
        UnknownFieldSet.Builder tensor = UnknownFieldSet.newBuilder();
        add(tensor, 1, type);
        add(tensor, 2, dims.build().toByteString());
        UnknownFieldSet.Builder typed = UnknownFieldSet.newBuilder();
        add(typed, 1, tensor.build().toByteString());
        UnknownFieldSet.Builder info = UnknownFieldSet.newBuilder();
        add(info, 1, text(name));
        add(info, 2, typed.build().toByteString());
        return info.build().toByteString();
    }

    public OnnxBuilder input(String name, int type, Object... shape) {
        add(graph, 11, value(name, type, shape));
        return this;
    }

    public OnnxBuilder output(String name, int type, Object... shape) {
        add(graph, 12, value(name, type, shape));
        return this;
    }

    public OnnxBuilder constant(String name, float[] data, int... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(data.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(data);
        return tensor(name, FLOAT, bytes, dims);
    }

    public OnnxBuilder constant(String name, long[] data, int... dims) {
        ByteBuffer bytes = ByteBuffer.allocate(data.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(data);
        return tensor(name, INT64, bytes, dims);
    }

    private OnnxBuilder tensor(String name, int type, ByteBuffer bytes, int... dims) {
        UnknownFieldSet.Builder tensor = UnknownFieldSet.newBuilder();
        for (int dim : dims) {
            add(tensor, 1, dim);
        }
        add(tensor, 2, type);
        add(tensor, 8, text(name));
        add(tensor, 9, ByteString.copyFrom(bytes.array()));
        add(graph, 5, tensor.build().toByteString());
        return this;
    }

    /** An attribute of one integer. */
    public static UnknownFieldSet attribute(String name, long number) {
        UnknownFieldSet.Builder attribute = UnknownFieldSet.newBuilder();
        add(attribute, 1, text(name));
        add(attribute, 3, number);
        add(attribute, 20, 2);
        return attribute.build();
    }

    /** An attribute of several integers. */
    public static UnknownFieldSet attribute(String name, long... numbers) {
        UnknownFieldSet.Builder attribute = UnknownFieldSet.newBuilder();
        add(attribute, 1, text(name));
        for (long number : numbers) {
            add(attribute, 8, number);
        }
        add(attribute, 20, 7);
        return attribute.build();
    }

    /** An attribute with a graph as its value. */
    public static UnknownFieldSet attribute(String name, OnnxBuilder branch) {
        UnknownFieldSet.Builder attribute = UnknownFieldSet.newBuilder();
        add(attribute, 1, text(name));
        add(attribute, 6, branch.graph.build().toByteString());
        add(attribute, 20, 5);
        return attribute.build();
    }

    public OnnxBuilder node(
            String operation, List<String> inputs, List<String> outputs, UnknownFieldSet... attributes) {
        UnknownFieldSet.Builder node = UnknownFieldSet.newBuilder();
        inputs.forEach(input -> add(node, 1, text(input)));
        outputs.forEach(output -> add(node, 2, text(output)));
        add(node, 4, text(operation));
        for (UnknownFieldSet attribute : attributes) {
            add(node, 5, attribute.toByteString());
        }
        add(graph, 1, node.build().toByteString());
        return this;
    }

    public byte[] build() {
        UnknownFieldSet.Builder opset = UnknownFieldSet.newBuilder();
        add(opset, 1, text(""));
        add(opset, 2, 17);
        UnknownFieldSet.Builder model = UnknownFieldSet.newBuilder();
        add(model, 1, 8);
        add(model, 7, graph.build().toByteString());
        add(model, 8, opset.build().toByteString());
        return model.build().toByteArray();
    }
}
