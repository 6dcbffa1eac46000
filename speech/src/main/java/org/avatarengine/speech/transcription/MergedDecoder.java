package org.avatarengine.speech.transcription;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.speech.OnnxGraph;
import org.avatarengine.speech.OnnxModel;
import org.jspecify.annotations.Nullable;

/**
 * A decoder with cross-attention, as exported by Hugging Face's Optimum: one file with a branch without and a branch
 * with a key-value cache. Its attention to the encoder's frames, which is internal in the export, is turned into an
 * output, because it shows when a word was said.
 */
final class MergedDecoder implements AutoCloseable {
    private static final String PAST = "past_key_values.";

    private final String name;
    private final OrtSession session;
    private final List<String> attention;

    MergedDecoder(byte[] file, String name, int threads) {
        this.name = name;
        OnnxGraph graph = OnnxGraph.of(file);
        List<String> all = graph.branchValues("Softmax", "encoder_attn");
        // The attention of the later layers follows the speech; that of the first layers does not.
        attention = all.subList(all.size() / 2, all.size());
        session = OnnxModel.session(graph.withBranchOutputs(attention), name, threads);
    }

    /**
     * A step's result.
     *
     * @param logits the logits of the next token
     * @param attention for each input token, its attention to each of the encoder's frames
     */
    record Step(float[] logits, List<float[]> attention) {}

    /** The decoding of one text. */
    final class Writing implements AutoCloseable {
        private final OnnxTensor heard;
        private final Map<String, OnnxTensor> past = new HashMap<>();
        private final List<OrtSession.Result> held = new ArrayList<>();
        private boolean begun;

        private Writing(OnnxTensor heard) {
            this.heard = heard;
        }

        /** Reads tokens and returns the logits of the next one. */
        Step step(long... tokens) {
            return OnnxModel.call(name, () -> run(tokens));
        }

        private Step run(long[] tokens) throws OrtException {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            Map<String, OnnxTensor> inputs = new HashMap<>();
            List<OnnxTensor> made = new ArrayList<>();
            try {
                for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                    String key = input.getKey();
                    OnnxTensor tensor = input(
                            environment, key, (TensorInfo) input.getValue().getInfo(), tokens);
                    inputs.put(key, tensor);
                    if (tensor != heard && tensor != past.get(key)) {
                        made.add(tensor);
                    }
                }
                OrtSession.Result result = session.run(inputs);
                keep(result);
                begun = true;
                return new Step(last(tensor(result, "logits"), tokens.length), attention(result, tokens.length));
            } finally {
                made.forEach(OnnxTensor::close);
            }
        }

        private OnnxTensor input(OrtEnvironment environment, String key, TensorInfo info, long[] tokens)
                throws OrtException {
            if (key.equals("input_ids")) {
                return OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), new long[] {1, tokens.length});
            } else if (key.equals("use_cache_branch")) {
                return OnnxTensor.createTensor(environment, new boolean[] {begun});
            } else if (key.startsWith(PAST)) {
                OnnxTensor known = past.get(key);
                if (known != null) {
                    return known;
                }
                long[] shape = info.getShape();
                return OnnxTensor.createTensor(
                        environment, FloatBuffer.allocate(0), new long[] {1, shape[1], 0, shape[3]});
            }
            return heard;
        }

        /** Keeps the keys and values for the next step. Only the first step computes those of the encoder. */
        private void keep(OrtSession.Result result) throws OrtException {
            for (String key : session.getInputNames()) {
                if (key.startsWith(PAST) && !(begun && key.contains(".encoder."))) {
                    past.put(key, tensor(result, key.replace(PAST, "present.")));
                }
            }
            held.add(result);
            // The first result has the encoder's keys, the last one the decoder's.
            if (held.size() > 2) {
                held.remove(1).close();
            }
        }

        private OnnxTensor tensor(OrtSession.Result result, String output) {
            return (OnnxTensor) result.get(output).orElseThrow();
        }

        private float[] last(OnnxTensor logits, int tokens) {
            FloatBuffer all = logits.getFloatBuffer();
            float[] last = new float[all.remaining() / tokens];
            all.position(last.length * (tokens - 1));
            all.get(last);
            return last;
        }

        private List<float[]> attention(OrtSession.Result result, int tokens) {
            List<float[]> rows = new ArrayList<>();
            for (int q = 0; q < tokens; q++) {
                float[] sum = null;
                for (String layer : attention) {
                    OnnxTensor weights = tensor(result, layer);
                    sum = add(sum, weights, q);
                }
                rows.add(sum == null ? new float[0] : sum);
            }
            return rows;
        }

        /** Adds the attention of all heads of a layer. */
        private float[] add(float @Nullable [] sum, OnnxTensor weights, int query) {
            // The axes are heads, queries and frames; some exports have a batch axis before them.
            long[] shape = weights.getInfo().getShape();
            int frames = (int) shape[shape.length - 1];
            int queries = (int) shape[shape.length - 2];
            FloatBuffer all = weights.getFloatBuffer();
            int heads = all.remaining() / frames / queries;
            float[] into = sum == null ? new float[frames] : sum;
            for (int h = 0; h < heads; h++) {
                int from = (h * queries + query) * frames;
                for (int f = 0; f < frames; f++) {
                    into[f] += all.get(from + f) / heads / attention.size();
                }
            }
            return into;
        }

        @Override
        public void close() {
            held.forEach(OrtSession.Result::close);
        }
    }

    /** @param heard the output of the encoder; the caller closes it */
    Writing write(OnnxTensor heard) {
        return new Writing(heard);
    }

    @Override
    public void close() {
        OnnxModel.call(name, () -> {
            session.close();
            return true;
        });
    }
}
