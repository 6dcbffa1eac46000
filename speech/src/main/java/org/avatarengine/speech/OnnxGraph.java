package org.avatarengine.speech;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.failure.ModelException;

/**
 * An ONNX file as a protobuf message with numbered fields. This is enough to read the names of a network's nodes and to
 * turn internal values (attention, hidden states) into outputs, which exports for transcription do not do.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
public final class OnnxGraph {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_OUTPUT = 12;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_OP = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
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

    /** A node's operator and its first output. */
    public record Node(String operation, String output) {}

    public static OnnxGraph of(byte[] file) {
        try {
            UnknownFieldSet model = UnknownFieldSet.parseFrom(file);
            return new OnnxGraph(model, message(model, MODEL_GRAPH, 0));
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw new ModelException("This is not an ONNX file. Export the model again.", e);
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
            throw new ModelException("A node of an ONNX file cannot be read. Export the model again.", e);
        }
        return nodes;
    }

    private static String text(UnknownFieldSet message, int field) {
        List<ByteString> values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? "" : values.getFirst().toStringUtf8();
    }

    /** The file with additional outputs, which are arrays of floats. */
    public byte[] withOutputs(List<String> values) {
        UnknownFieldSet.Builder wider = graph.toBuilder();
        UnknownFieldSet.Field.Builder outputs = UnknownFieldSet.Field.newBuilder();
        values.forEach(value -> outputs.addLengthDelimited(floats(value).toByteString()));
        wider.mergeField(GRAPH_OUTPUT, outputs.build());
        return withGraph(wider.build());
    }

    /** The names of the outputs of all nodes with one operator, in the first branch of the graph's condition. */
    public List<String> branchValues(String operation, String nameHolds) {
        try {
            UnknownFieldSet branch = message(message(condition(), NODE_ATTRIBUTE, 0), ATTRIBUTE_GRAPH, 0);
            return nodes(branch).stream()
                    .filter(node -> node.operation().equals(operation))
                    .map(Node::output)
                    .filter(name -> name.contains(nameHolds))
                    .toList();
        } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
            throw new ModelException(
                    "This ONNX file has no branches with and without a cache. Export it as a merged decoder.", e);
        }
    }

    private UnknownFieldSet condition() throws InvalidProtocolBufferException {
        for (int i = 0; i < graph.getField(GRAPH_NODE).getLengthDelimitedList().size(); i++) {
            UnknownFieldSet node = message(graph, GRAPH_NODE, i);
            if (text(node, NODE_OP).equals("If")) {
                return node;
            }
        }
        throw new IndexOutOfBoundsException("no condition");
    }

    /** The file with additional outputs, which both branches of its one condition return. */
    public byte[] withBranchOutputs(List<String> values) {
        try {
            UnknownFieldSet.Builder wider = graph.toBuilder();
            UnknownFieldSet.Field.Builder nodes = UnknownFieldSet.Field.newBuilder();
            for (int i = 0;
                    i < graph.getField(GRAPH_NODE).getLengthDelimitedList().size();
                    i++) {
                UnknownFieldSet node = message(graph, GRAPH_NODE, i);
                nodes.addLengthDelimited(
                        (text(node, NODE_OP).equals("If") ? widened(node, values) : node).toByteString());
            }
            wider.clearField(GRAPH_NODE).addField(GRAPH_NODE, nodes.build());
            UnknownFieldSet.Field.Builder outputs = UnknownFieldSet.Field.newBuilder();
            values.forEach(value -> outputs.addLengthDelimited(floats(value).toByteString()));
            wider.mergeField(GRAPH_OUTPUT, outputs.build());
            return withGraph(wider.build());
        } catch (InvalidProtocolBufferException e) {
            throw new ModelException("A branch of an ONNX file cannot be read. Export the model again.", e);
        }
    }

    private static UnknownFieldSet widened(UnknownFieldSet node, List<String> values)
            throws InvalidProtocolBufferException {
        UnknownFieldSet.Builder wider = node.toBuilder();
        UnknownFieldSet.Field.Builder names = UnknownFieldSet.Field.newBuilder();
        values.forEach(value -> names.addLengthDelimited(ByteString.copyFromUtf8(value)));
        wider.mergeField(NODE_OUTPUT, names.build());
        UnknownFieldSet.Field.Builder branches = UnknownFieldSet.Field.newBuilder();
        for (int i = 0;
                i < node.getField(NODE_ATTRIBUTE).getLengthDelimitedList().size();
                i++) {
            UnknownFieldSet attribute = message(node, NODE_ATTRIBUTE, i);
            UnknownFieldSet.Builder branch = message(attribute, ATTRIBUTE_GRAPH, 0).toBuilder();
            UnknownFieldSet.Field.Builder outputs = UnknownFieldSet.Field.newBuilder();
            values.forEach(value -> outputs.addLengthDelimited(floats(value).toByteString()));
            branch.mergeField(GRAPH_OUTPUT, outputs.build());
            branches.addLengthDelimited(attribute.toBuilder()
                    .clearField(ATTRIBUTE_GRAPH)
                    .addField(ATTRIBUTE_GRAPH, one(branch.build()))
                    .build()
                    .toByteString());
        }
        return wider.clearField(NODE_ATTRIBUTE)
                .addField(NODE_ATTRIBUTE, branches.build())
                .build();
    }

    private byte[] withGraph(UnknownFieldSet other) {
        // A field that already exists would be merged with the added one.
        return model.toBuilder()
                .clearField(MODEL_GRAPH)
                .addField(MODEL_GRAPH, one(other))
                .build()
                .toByteArray();
    }

    private static UnknownFieldSet.Field one(UnknownFieldSet message) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(message.toByteString())
                .build();
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
