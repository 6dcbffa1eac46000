package org.avatarengine.speech;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.failure.ModelException;

/**
 * An ONNX file as a message whose fields are known by number: enough to read a network's node names and to make values
 * inside of it come out, which exports for transcription leave within (attention, hidden states).
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
public final class OnnxGraph {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_OUTPUT = 12;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_OP = 4;
    private static final int VALUE_NAME = 1;
    private static final int VALUE_TYPE = 2;
    private static final int TYPE_TENSOR = 1;
    private static final int TENSOR_ELEMENT = 1;
    private static final int FLOAT = 1;

    private final UnknownFieldSet model;
    private final UnknownFieldSet graph;

    private OnnxGraph(UnknownFieldSet model, UnknownFieldSet graph) {
        this.model = model;
        this.graph = graph;
    }

    /** What a node does and the first value that it gives. */
    public record Node(String operation, String output) {}

    public static OnnxGraph of(byte[] file) {
        try {
            UnknownFieldSet model = UnknownFieldSet.parseFrom(file);
            return new OnnxGraph(model, message(model, MODEL_GRAPH, 0));
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw new ModelException("This is not an ONNX file: export the model again.", e);
        }
    }

    private static UnknownFieldSet message(UnknownFieldSet in, int field, int index)
            throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(
                in.getField(field).getLengthDelimitedList().get(index));
    }

    /** The nodes of the graph, in its order. */
    public List<Node> nodes() {
        return nodes(graph);
    }

    private static List<Node> nodes(UnknownFieldSet graph) {
        List<Node> nodes = new ArrayList<>();
        try {
            for (int i = 0;
                    i < graph.getField(GRAPH_NODE).getLengthDelimitedList().size();
                    i++) {
                UnknownFieldSet node = message(graph, GRAPH_NODE, i);
                nodes.add(new Node(text(node, NODE_OP), text(node, NODE_OUTPUT)));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException("A node of an ONNX file cannot be read: export the model again.", e);
        }
        return nodes;
    }

    private static String text(UnknownFieldSet message, int field) {
        List<ByteString> values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? "" : values.getFirst().toStringUtf8();
    }

    /** The file with further values as outputs, which are arrays of floats. */
    public byte[] withOutputs(List<String> values) {
        UnknownFieldSet.Builder wider = graph.toBuilder();
        UnknownFieldSet.Field.Builder outputs = UnknownFieldSet.Field.newBuilder();
        values.forEach(value -> outputs.addLengthDelimited(floats(value).toByteString()));
        wider.mergeField(GRAPH_OUTPUT, outputs.build());
        return model.toBuilder()
                .addField(
                        MODEL_GRAPH,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(wider.build().toByteString())
                                .build())
                .build()
                .toByteArray();
    }

    private static UnknownFieldSet floats(String name) {
        UnknownFieldSet tensor = UnknownFieldSet.newBuilder()
                .addField(
                        TENSOR_ELEMENT,
                        UnknownFieldSet.Field.newBuilder().addVarint(FLOAT).build())
                .build();
        UnknownFieldSet type = UnknownFieldSet.newBuilder()
                .addField(
                        TYPE_TENSOR,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(tensor.toByteString())
                                .build())
                .build();
        return UnknownFieldSet.newBuilder()
                .addField(
                        VALUE_NAME,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8(name))
                                .build())
                .addField(
                        VALUE_TYPE,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(type.toByteString())
                                .build())
                .build();
    }
}
