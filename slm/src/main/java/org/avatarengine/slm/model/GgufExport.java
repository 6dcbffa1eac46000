package org.avatarengine.slm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.DecoderConfig;
import org.avatarengine.slm.decoder.Projection;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.weights.Gguf;
import org.avatarengine.slm.weights.NumberType;
import org.avatarengine.slm.weights.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes a model as one GGUF file, with its adapter merged. */
final class GgufExport {
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;

    /** The names of the projections in llama.cpp. */
    private static final Map<Projection, String> NAMES = Map.of(
            Projection.QUERY, "attn_q",
            Projection.KEY, "attn_k",
            Projection.VALUE, "attn_v",
            Projection.OUTPUT, "attn_output",
            Projection.GATE, "ffn_gate",
            Projection.UP, "ffn_up",
            Projection.DOWN, "ffn_down");

    private final LocalModel model;
    private final DecoderConfig config;
    private final JsonNode tokenizer;

    GgufExport(LocalModel model) {
        this.model = model;
        this.config = model.decoder().config();
        this.tokenizer = new JsonMapper().readTree(model.tokenizer().json());
    }

    void write(Torch torch, String name, String template, NumberType type, Path file) throws IOException {
        Gguf gguf = new Gguf();
        describe(gguf, name, type);
        vocabulary(gguf, template);
        try (NDManager scratch = torch.manager().newSubManager()) {
            tensors(gguf, model.decoder().merged(scratch), type);
            gguf.write(file);
        }
    }

    private String architecture() {
        return config.family().equals("qwen2") ? "qwen2" : "llama";
    }

    private void describe(Gguf gguf, String name, NumberType type) {
        String a = architecture() + ".";
        gguf.with("general.architecture", architecture())
                .with("general.name", name)
                .with("general.file_type", type == NumberType.F16 ? 1 : type == NumberType.BF16 ? 32 : 0)
                .with(a + "context_length", config.context())
                .with(a + "embedding_length", config.hidden())
                .with(a + "block_count", config.layers())
                .with(a + "feed_forward_length", config.intermediate())
                .with(a + "attention.head_count", config.heads())
                .with(a + "attention.head_count_kv", config.kvHeads())
                .with(a + "attention.key_length", config.headDim())
                .with(a + "attention.value_length", config.headDim())
                .with(a + "attention.layer_norm_rms_epsilon", (float) config.epsilon())
                .with(a + "rope.dimension_count", config.headDim())
                .with(a + "rope.freq_base", (float) config.ropeTheta())
                .with(a + "vocab_size", config.vocabulary());
        if (config.scaling().kind().equals("linear")) {
            gguf.with(a + "rope.scaling.type", "linear")
                    .with(a + "rope.scaling.factor", (float) config.scaling().factor());
        }
    }

    private void vocabulary(Gguf gguf, String template) {
        TreeMap<Integer, String> tokens = new TreeMap<>();
        tokenizer
                .path("model")
                .path("vocab")
                .properties()
                .forEach(e -> tokens.put(e.getValue().asInt(), e.getKey()));
        List<Integer> types = new ArrayList<>();
        tokenizer
                .path("added_tokens")
                .forEach(t -> tokens.put(t.path("id").asInt(), t.path("content").asString("")));
        List<Integer> special = new ArrayList<>(model.tokenizer().special().values());
        List<String> list = new ArrayList<>();
        for (int id = 0; id < config.vocabulary(); id++) {
            // Models round the size of their vocabulary up. Unused tokens need a name, too.
            list.add(tokens.getOrDefault(id, "[unused" + id + "]"));
            types.add(special.contains(id) || !tokens.containsKey(id) ? CONTROL : NORMAL);
        }
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : tokenizer.path("model").path("merges")) {
            merges.add(
                    merge.isArray()
                            ? merge.get(0).asString() + " " + merge.get(1).asString()
                            : merge.asString());
        }
        gguf.with("tokenizer.ggml.model", "gpt2")
                .with("tokenizer.ggml.pre", splitting())
                .with("tokenizer.ggml.tokens", list)
                .with("tokenizer.ggml.token_type", types)
                .with("tokenizer.ggml.merges", merges)
                .with("tokenizer.ggml.add_bos_token", false);
        int end = model.encoder().endToken();
        if (end >= 0) {
            gguf.with("tokenizer.ggml.eos_token_id", end);
        }
        if (!template.isEmpty()) {
            gguf.with("tokenizer.chat_template", template);
        }
    }

    /** llama.cpp's name for the way in which a text is split into words before byte pairs are merged. */
    private String splitting() {
        JsonNode pre = tokenizer.path("pre_tokenizer");
        if (pre.path("type").asString("").equals("ByteLevel")) {
            return "gpt-2";
        }
        String text = pre.toString();
        if (text.contains("\"Digits\"") && text.contains("ByteLevel")) {
            return "smollm";
        }
        if (text.contains("\\\\p{N}{1,3}")) {
            return "llama-bpe";
        }
        if (text.contains("\\\\p{N}|")) {
            return "qwen2";
        }
        throw new ModelException(
                "This model's tokenizer cannot be written to GGUF here. Export safetensors, and convert them with"
                        + " llama.cpp's convert_hf_to_gguf.py.",
                null);
    }

    private void tensors(Gguf gguf, Map<String, NDArray> weights, NumberType type) {
        add(gguf, weights, "model.embed_tokens.weight", "token_embd.weight", type, 0);
        add(gguf, weights, "model.norm.weight", "output_norm.weight", type, 0);
        if (!config.tied()) {
            add(gguf, weights, "lm_head.weight", "output.weight", type, 0);
        }
        if (config.scaling().kind().equals("llama3")) {
            float[] factors = config.frequencyFactors();
            gguf.add(
                    "rope_freqs.weight",
                    new long[] {factors.length},
                    NumberType.F32,
                    () -> new Tensor(new long[] {factors.length}, factors));
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String from = "model.layers." + layer + ".";
            String to = "blk." + layer + ".";
            add(gguf, weights, from + "input_layernorm.weight", to + "attn_norm.weight", type, 0);
            add(gguf, weights, from + "post_attention_layernorm.weight", to + "ffn_norm.weight", type, 0);
            for (Projection projection : Projection.values()) {
                String name = to + NAMES.get(projection);
                int turned = architecture().equals("qwen2")
                        ? 0
                        : projection == Projection.QUERY
                                ? config.heads()
                                : projection == Projection.KEY ? config.kvHeads() : 0;
                add(gguf, weights, projection.name(layer) + ".weight", name + ".weight", type, turned);
                if (weights.containsKey(projection.name(layer) + ".bias")) {
                    add(gguf, weights, projection.name(layer) + ".bias", name + ".bias", type, turned);
                }
            }
        }
    }

    /**
     * @param heads the heads whose rows are reordered for llama.cpp's rotary embedding, which rotates adjacent pairs; 0
     * for none
     */
    private static void add(
            Gguf gguf, Map<String, NDArray> weights, String from, String to, NumberType type, int heads) {
        NDArray array = Objects.requireNonNull(weights.get(from));
        long[] shape = array.getShape().getShape();
        gguf.add(to, shape, type, () -> {
            float[] values = array.toFloatArray();
            return new Tensor(shape, heads == 0 ? values : interleaved(values, heads, (int) shape[0]));
        });
    }

    /** Row i and row i + half of each head become adjacent. */
    private static float[] interleaved(float[] values, int heads, int rows) {
        int width = values.length / rows;
        int each = rows / heads;
        float[] turned = new float[values.length];
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < each; i++) {
                int from = head * each + i % 2 * (each / 2) + i / 2;
                System.arraycopy(values, from * width, turned, (head * each + i) * width, width);
            }
        }
        return turned;
    }

    /** The chat template in the model's {@code tokenizer_config.json}; empty when it has none. */
    static String template(JsonNode config) {
        return config.path("chat_template").asString("");
    }
}
