package org.avatarengine.speech.face;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.avatarengine.speech.OnnxBuilder;
import org.avatarengine.speech.OnnxModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds faces with face-api's Tiny Face Detector (MIT): a Tiny YOLO v2 with depthwise separable convolutions, 190 kB.
 * Its weights are in TensorFlow.js's format and are converted to an ONNX file here.
 *
 * @see <a href="https://arxiv.org/abs/1612.08242">Redmon &amp; Farhadi 2016, YOLO9000</a>
 */
public final class FaceDetector implements AutoCloseable {
    /** The side length of its input pictures, in pixels. */
    public static final int SIDE = 416;

    private static final String FILES = "tiny-face/tiny_face_detector_model";
    private static final int CELLS = SIDE / 32;
    private static final float[] MEAN = {117.001f, 114.697f, 97.404f};

    /** The widths and heights of the anchor boxes, in cells. */
    private static final double[][] ANCHORS = {
        {1.603231, 2.094468}, {6.041143, 7.080126}, {2.882459, 3.518061}, {4.266906, 5.178857}, {9.041765, 10.66308}
    };

    private static final int VALUES = 5;
    private static final double LEAST_SCORE = 0.5;

    /** Of faces that overlap more, only the one with the highest score is kept. */
    private static final double SAME = 0.4;

    private final OrtSession session;

    public FaceDetector(int threads) {
        session = OnnxModel.session(network(weights()), "the face detector", threads);
    }

    private record Weights(int[] shape, float[] values) {}

    private static Map<String, Weights> weights() {
        byte[] bytes = OnnxModel.resource(FILES + ".bin");
        JsonNode manifest = JsonMapper.shared().readTree(OnnxModel.resource(FILES + "-weights_manifest.json"));
        Map<String, Weights> weights = new HashMap<>();
        int at = 0;
        for (JsonNode one : manifest.path(0).path("weights")) {
            int[] shape = new int[one.path("shape").size()];
            int size = 1;
            for (int i = 0; i < shape.length; i++) {
                shape[i] = one.path("shape").get(i).asInt();
                size *= shape[i];
            }
            double scale = one.path("quantization").path("scale").asDouble();
            double least = one.path("quantization").path("min").asDouble();
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) ((bytes[at++] & 0xff) * scale + least);
            }
            weights.put(one.path("name").asString(), new Weights(shape, values));
        }
        return weights;
    }

    private static byte[] network(Map<String, Weights> weights) {
        OnnxBuilder graph = new OnnxBuilder()
                .input("picture", OnnxBuilder.FLOAT, 1, 3, SIDE, SIDE)
                .output("boxes", OnnxBuilder.FLOAT, 1, ANCHORS.length * VALUES, CELLS, CELLS);
        convolution(graph, weights, "conv0/filters", "conv0/bias", "picture", "c0", 1);
        leaky(graph, "c0", "a0");
        String last = "a0";
        for (int i = 1; i <= 5; i++) {
            pool(graph, last, "p" + i, 2);
            depthwise(graph, weights, "conv" + i + "/depthwise_filter", "p" + i, "d" + i);
            convolution(graph, weights, "conv" + i + "/pointwise_filter", "conv" + i + "/bias", "d" + i, "c" + i, 0);
            leaky(graph, "c" + i, "a" + i);
            last = "a" + i;
        }
        pool(graph, last, "p6", 1);
        convolution(graph, weights, "conv8/filters", "conv8/bias", "p6", "boxes", 0);
        return graph.build();
    }

    private static Weights of(Map<String, Weights> weights, String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    /**
     * The axes of TensorFlow's filters are rows, columns, inputs, outputs; ONNX's are outputs, inputs, rows, columns.
     */
    private static void convolution(
            OnnxBuilder graph, Map<String, Weights> weights, String name, String bias, String in, String out, int pad) {
        Weights filter = of(weights, name);
        int rows = filter.shape[0];
        int columns = filter.shape[1];
        int ins = filter.shape[2];
        int outs = filter.shape[3];
        float[] turned = new float[filter.values.length];
        for (int i = 0; i < turned.length; i++) {
            int o = i % outs;
            int c = i / outs % ins;
            int rc = i / outs / ins;
            turned[(o * ins + c) * rows * columns + rc] = filter.values[i];
        }
        graph.constant(name, turned, outs, ins, rows, columns);
        graph.constant(bias, of(weights, bias).values, outs);
        graph.node("Conv", List.of(in, name, bias), List.of(out), OnnxBuilder.attribute("pads", pad, pad, pad, pad));
    }

    private static void depthwise(OnnxBuilder graph, Map<String, Weights> weights, String name, String in, String out) {
        Weights filter = of(weights, name);
        int channels = filter.shape[2];
        float[] turned = new float[filter.values.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i % channels * 9 + i / channels] = filter.values[i];
        }
        graph.constant(name, turned, channels, 1, 3, 3);
        graph.node(
                "Conv",
                List.of(in, name),
                List.of(out),
                OnnxBuilder.attribute("pads", 1, 1, 1, 1),
                OnnxBuilder.attribute("group", (long) channels));
    }

    /** A leaky ReLU with slope 0.1. */
    private static void leaky(OnnxBuilder graph, String in, String out) {
        graph.constant(out + "/slope", new float[] {0.1f}, 1);
        graph.node("PRelu", List.of(in, out + "/slope"), List.of(out));
    }

    private static void pool(OnnxBuilder graph, String in, String out, int stride) {
        int after = stride == 1 ? 1 : 0;
        graph.node(
                "MaxPool",
                List.of(in),
                List.of(out),
                OnnxBuilder.attribute("kernel_shape", 2, 2),
                OnnxBuilder.attribute("strides", stride, stride),
                OnnxBuilder.attribute("pads", 0, 0, after, after));
    }

    /**
     * Finds the faces in a picture, the one with the highest score first.
     *
     * @param rgb {@link #SIDE} rows of as many pixels of three bytes; a picture that is not square is in the upper left
     *     corner
     */
    public List<Face> faces(byte[] rgb) {
        float[] input = new float[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int c = 0; c < 3; c++) {
                input[c * SIDE * SIDE + i] = ((rgb[i * 3 + c] & 0xff) - MEAN[c]) / 255;
            }
        }
        return OnnxModel.call("the face detector", () -> {
            try (OnnxTensor picture = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(), FloatBuffer.wrap(input), new long[] {1, 3, SIDE, SIDE});
                    OrtSession.Result result = session.run(Map.of("picture", picture))) {
                return boxes(((OnnxTensor) result.get(0)).getFloatBuffer());
            }
        });
    }

    private static List<Face> boxes(FloatBuffer values) {
        List<Face> found = new ArrayList<>();
        int plane = CELLS * CELLS;
        for (int cell = 0; cell < plane; cell++) {
            for (int a = 0; a < ANCHORS.length; a++) {
                int first = a * VALUES * plane + cell;
                double score = sigmoid(values.get(first + 4 * plane));
                if (score >= LEAST_SCORE) {
                    double x = (cell % CELLS + sigmoid(values.get(first))) / CELLS;
                    double y = ((double) (cell / CELLS) + sigmoid(values.get(first + plane))) / CELLS;
                    double width = Math.exp(values.get(first + 2 * plane)) * ANCHORS[a][0] / CELLS;
                    double height = Math.exp(values.get(first + 3 * plane)) * ANCHORS[a][1] / CELLS;
                    found.add(new Face(x - width / 2, y - height / 2, width, height, score));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Face::score).reversed());
        List<Face> kept = new ArrayList<>();
        for (Face face : found) {
            if (kept.stream().noneMatch(other -> other.overlap(face) > SAME)) {
                kept.add(face);
            }
        }
        return kept;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Override
    public void close() {
        OnnxModel.call("the face detector", () -> {
            session.close();
            return true;
        });
    }
}
