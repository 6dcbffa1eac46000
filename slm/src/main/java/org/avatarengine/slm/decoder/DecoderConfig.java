package org.avatarengine.slm.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.failure.ModelException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dimensions of a decoder, as in Hugging Face's {@code config.json} of the Llama family.
 *
 * @param family {@code llama} (also SmolLM, SmolLM2, TinyLlama), {@code mistral} or {@code qwen2}
 * @param vocabulary the number of tokens in the vocabulary
 * @param hidden the width of the residual stream
 * @param intermediate the width of the feed-forward layers
 * @param heads the number of attention heads for queries
 * @param kvHeads the number of heads for keys and values; a divisor of {@code heads}
 * @param epsilon the epsilon of the RMS norms
 * @param ropeTheta the base of the rotary embedding's wavelengths
 * @param context the context length in tokens
 * @param tied whether input and output embeddings are the same
 * @param qkvBias whether queries, keys and values have biases
 */
public record DecoderConfig(
        String family,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        double epsilon,
        double ropeTheta,
        RopeScaling scaling,
        int context,
        boolean tied,
        boolean qkvBias) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final List<String> FAMILIES = List.of("llama", "mistral", "qwen2");

    /**
     * The scaling of the rotary embedding for long contexts.
     *
     * @param kind {@code none}, {@code linear} or {@code llama3}
     */
    public record RopeScaling(String kind, double factor, double low, double high, int original) {
        public static final RopeScaling NONE = new RopeScaling("none", 1, 1, 1, 0);

        /** A frequency in radians a token. */
        double scale(double frequency) {
            return switch (kind) {
                case "none" -> frequency;
                case "linear" -> frequency / factor;
                default -> {
                    double wavelength = 2 * Math.PI / frequency;
                    double turns = original / wavelength;
                    if (turns < low) {
                        yield frequency / factor;
                    }
                    if (turns > high) {
                        yield frequency;
                    }
                    double part = (turns - low) / (high - low);
                    yield (1 - part) * frequency / factor + part * frequency;
                }
            };
        }
    }

    /** The configuration of models that this program makes: Llama with tied embeddings. */
    public static DecoderConfig llama(int vocabulary, int hidden, int layers, int heads, int kvHeads, int context) {
        // 8/3 of the width, so that SwiGLU has as many weights as a plain layer, rounded up to a multiple of 64.
        int intermediate = (hidden * 8 / 3 + 63) / 64 * 64;
        return new DecoderConfig(
                "llama",
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                kvHeads,
                hidden / heads,
                1e-5,
                10_000,
                RopeScaling.NONE,
                context,
                true,
                false);
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws ModelException when the file is missing or invalid, or the model family is not supported
     */
    public static DecoderConfig read(Path folder) {
        Path file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    folder + " is not a model in Hugging Face's layout: there is no config.json.", null);
        }
        JsonNode json;
        try {
            json = JSON.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
        return new Reader(file, json).config();
    }

    private record Reader(Path file, JsonNode json) {
        DecoderConfig config() {
            String family = json.path("model_type").asString("");
            if (!FAMILIES.contains(family)) {
                throw wrong("model_type", "\"" + family + "\" is not supported; llama, mistral and qwen2 are");
            }
            if (!json.path("hidden_act").asString("silu").equals("silu")) {
                throw wrong("hidden_act", "only silu is supported");
            }
            if (json.path("mlp_bias").asBoolean(false)) {
                throw wrong("mlp_bias", "biases there are not supported");
            }
            if (json.path("use_sliding_window").asBoolean(false)) {
                throw wrong("use_sliding_window", "sliding-window attention is not supported");
            }
            if (json.path("attention_bias").asBoolean(false)) {
                throw wrong("attention_bias", "a bias of the output projection is not supported");
            }
            int hidden = positive("hidden_size");
            int heads = positive("num_attention_heads");
            int kvHeads = json.has("num_key_value_heads") ? positive("num_key_value_heads") : heads;
            JsonNode given = json.path("head_dim");
            int headDim = given.isNumber() ? positive("head_dim") : hidden / heads;
            if (heads % kvHeads != 0) {
                throw wrong("num_key_value_heads", "does not divide num_attention_heads");
            }
            if (headDim % 2 != 0 || headDim == 0) {
                throw wrong("head_dim", "is not even");
            }
            return new DecoderConfig(
                    family,
                    positive("vocab_size"),
                    hidden,
                    positive("intermediate_size"),
                    positive("num_hidden_layers"),
                    heads,
                    kvHeads,
                    headDim,
                    json.path("rms_norm_eps").asDouble(1e-6),
                    theta(),
                    scaling(),
                    json.has("max_position_embeddings") ? positive("max_position_embeddings") : 2048,
                    json.path("tie_word_embeddings").asBoolean(false),
                    family.equals("qwen2"));
        }

        private double theta() {
            JsonNode parameters = json.path("rope_parameters").path("rope_theta");
            return parameters.isNumber()
                    ? parameters.asDouble()
                    : json.path("rope_theta").asDouble(10_000);
        }

        private RopeScaling scaling() {
            JsonNode node =
                    json.path("rope_scaling").isObject() ? json.path("rope_scaling") : json.path("rope_parameters");
            String kind = node.path("rope_type").asString(node.path("type").asString("default"));
            return switch (kind) {
                case "default" -> RopeScaling.NONE;
                case "linear" -> new RopeScaling(kind, node.path("factor").asDouble(1), 1, 1, 0);
                case "llama3" ->
                    new RopeScaling(
                            kind,
                            node.path("factor").asDouble(8),
                            node.path("low_freq_factor").asDouble(1),
                            node.path("high_freq_factor").asDouble(4),
                            node.path("original_max_position_embeddings").asInt(8192));
                default -> throw wrong("rope_scaling", "\"" + kind + "\" is not supported");
            };
        }

        private int positive(String field) {
            int value = json.path(field).asInt(0);
            if (value <= 0) {
                throw wrong(field, "is missing or not a positive number");
            }
            return value;
        }

        private ModelException wrong(String field, String what) {
            return new ModelException(file + ", field \"" + field + "\": " + what + ".", null);
        }
    }

    /** This configuration as a {@code config.json}. */
    public String json() {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("architectures")
                .add(
                        switch (family) {
                            case "mistral" -> "MistralForCausalLM";
                            case "qwen2" -> "Qwen2ForCausalLM";
                            default -> "LlamaForCausalLM";
                        });
        json.put("model_type", family);
        json.put("vocab_size", vocabulary);
        json.put("hidden_size", hidden);
        json.put("intermediate_size", intermediate);
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", heads);
        json.put("num_key_value_heads", kvHeads);
        json.put("head_dim", headDim);
        json.put("hidden_act", "silu");
        json.put("rms_norm_eps", epsilon);
        json.put("rope_theta", ropeTheta);
        if (scaling.kind.equals("linear")) {
            json.putObject("rope_scaling").put("rope_type", "linear").put("factor", scaling.factor);
        } else if (scaling.kind.equals("llama3")) {
            json.putObject("rope_scaling")
                    .put("rope_type", "llama3")
                    .put("factor", scaling.factor)
                    .put("low_freq_factor", scaling.low)
                    .put("high_freq_factor", scaling.high)
                    .put("original_max_position_embeddings", scaling.original);
        } else {
            json.putNull("rope_scaling");
        }
        json.put("max_position_embeddings", context);
        json.put("tie_word_embeddings", tied);
        json.put("torch_dtype", "float32");
        return JSON.writeValueAsString(json) + "\n";
    }

    /** The factor by which each frequency of the rotary embedding is divided. */
    public float[] frequencyFactors() {
        float[] factors = new float[headDim / 2];
        for (int i = 0; i < factors.length; i++) {
            double frequency = Math.pow(ropeTheta, -2.0 * i / headDim);
            factors[i] = (float) (frequency / scaling.scale(frequency));
        }
        return factors;
    }

    /** The number of weights. */
    public long parameters() {
        long attention = (long) hidden * headDim * (2L * heads + 2L * kvHeads);
        long biases = qkvBias ? (long) headDim * (heads + 2L * kvHeads) : 0;
        long layer = attention + biases + 3L * hidden * intermediate + 2L * hidden;
        return (long) vocabulary * hidden * (tied ? 1 : 2) + hidden + layers * layer;
    }

    /**
     * The floating-point operations of training on one token: two for each weight in the forward pass, four in the
     * backward pass.
     */
    public double trainingFlops(int length) {
        double weights = parameters() - (tied ? 0 : (double) vocabulary * hidden);
        return 6 * weights + 6.0 * layers * heads * headDim * length;
    }
}
