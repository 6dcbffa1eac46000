package org.avatarengine.slm.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.weights.NumberType;
import org.avatarengine.slm.weights.Safetensors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A low-rank adapter (LoRA) for a decoder whose own weights are frozen: {@code W + alpha/rank · B·A} for each chosen
 * projection.
 *
 * @param rank the inner dimension
 * @param alpha the scale of the change, multiplied by 1 / rank
 * @param weights A, of shape (rank, inputs), and B, of shape (outputs, rank), by PEFT's names
 * @see <a href="https://arxiv.org/abs/2106.09685">Hu et al. 2021, LoRA</a>
 */
public record Adapter(int rank, double alpha, Set<Projection> targets, Map<String, NDArray> weights) {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** A new adapter, which changes nothing yet: A is random, B is zero. */
    public static Adapter create(
            NDManager manager, DecoderConfig config, Set<Projection> targets, int rank, double alpha, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, NDArray> weights = new LinkedHashMap<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection target : EnumSet.copyOf(targets)) {
                int inputs = target.inputs(config);
                // The same uniform distribution as in torch.nn.Linear, which PEFT uses for A.
                double bound = 1 / Math.sqrt(inputs);
                float[] a = new float[rank * inputs];
                for (int i = 0; i < a.length; i++) {
                    a[i] = (float) random.nextDouble(-bound, bound);
                }
                weights.put(name(layer, target, "A"), manager.create(a, new Shape(rank, inputs)));
                weights.put(name(layer, target, "B"), manager.zeros(new Shape(target.outputs(config), rank)));
            }
        }
        return new Adapter(rank, alpha, Set.copyOf(targets), weights);
    }

    /**
     * Reads an adapter in PEFT's layout.
     *
     * @throws ModelException when it does not fit the decoder
     */
    public static Adapter read(NDManager manager, Path folder, DecoderConfig config) {
        Path file = folder.resolve(CONFIG);
        JsonNode json;
        try {
            json = JSON.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (!json.path("peft_type").asString("").equals("LORA")
                || json.path("use_dora").asBoolean(false)
                || json.path("use_rslora").asBoolean(false)) {
            throw new ModelException(file + ": only plain LoRA is supported.", null);
        }
        Set<Projection> targets = EnumSet.noneOf(Projection.class);
        for (JsonNode target : json.path("target_modules")) {
            String name = target.asString("");
            Projection found = null;
            for (Projection projection : Projection.values()) {
                found = projection.shortName().equals(name) ? projection : found;
            }
            if (found == null) {
                throw new ModelException(file + ": there is no module \"" + name + "\" to adapt.", null);
            }
            targets.add(found);
        }
        int rank = json.path("r").asInt(0);
        if (rank <= 0 || targets.isEmpty()) {
            throw new ModelException(file + ": the fields \"r\" and \"target_modules\" are needed.", null);
        }
        Map<String, NDArray> weights = new LinkedHashMap<>();
        try (Safetensors tensors = Safetensors.open(folder.resolve(WEIGHTS))) {
            for (int layer = 0; layer < config.layers(); layer++) {
                for (Projection target : targets) {
                    read(manager, tensors, name(layer, target, "A"), rank, target.inputs(config), weights);
                    read(manager, tensors, name(layer, target, "B"), target.outputs(config), rank, weights);
                }
            }
        }
        return new Adapter(rank, json.path("lora_alpha").asDouble(rank), targets, weights);
    }

    private static void read(
            NDManager manager, Safetensors from, String name, long rows, long columns, Map<String, NDArray> to) {
        to.put(name, Decoder.array(manager, from, name, rows, columns));
    }

    /**
     * Writes the adapter in PEFT's layout.
     *
     * @param base the folder of the decoder that it changes
     */
    public void save(Path folder, @Nullable String base) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("peft_type", "LORA");
        json.put("task_type", "CAUSAL_LM");
        json.put("base_model_name_or_path", base);
        json.put("r", rank);
        json.put("lora_alpha", alpha);
        json.put("lora_dropout", 0.0);
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("inference_mode", true);
        var modules = json.putArray("target_modules");
        targets.stream().sorted().map(Projection::shortName).forEach(modules::add);
        Decoder.write(folder.resolve(WEIGHTS), weights, NumberType.F32);
        Files.writeString(folder.resolve(CONFIG), JSON.writeValueAsString(json) + "\n");
    }

    /** Whether a folder holds an adapter. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    double scale() {
        return alpha / rank;
    }

    @Nullable
    NDArray find(int layer, Projection target, String which) {
        return weights.get(name(layer, target, which));
    }

    private static String name(int layer, Projection target, String which) {
        return "base_model.model." + target.name(layer) + ".lora_" + which + ".weight";
    }

    /** The parameters, always in the same order. */
    public List<NDArray> parameters() {
        return List.copyOf(weights.values());
    }
}
