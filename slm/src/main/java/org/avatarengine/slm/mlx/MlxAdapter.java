package org.avatarengine.slm.mlx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.Adapter;
import org.avatarengine.slm.decoder.DecoderConfig;
import org.avatarengine.slm.decoder.Projection;
import org.avatarengine.slm.weights.Safetensors;
import org.avatarengine.slm.weights.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads adapters in MLX's layout: the matrices are transposed, and the scale is not divided by the rank. */
public final class MlxAdapter {
    static final String WEIGHTS = "adapters.safetensors";

    private MlxAdapter() {}

    /**
     * Reads an adapter.
     *
     * @throws ModelException when the adapter is incomplete
     */
    public static Adapter read(NDManager manager, Path folder, DecoderConfig config) {
        Path file = folder.resolve("adapter_config.json");
        JsonNode parameters;
        try {
            parameters = new JsonMapper().readTree(Files.readString(file)).path("lora_parameters");
        } catch (IOException | JacksonException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
        int rank = parameters.path("rank").asInt(0);
        double scale = parameters.path("scale").asDouble(0);
        if (rank <= 0 || scale <= 0) {
            throw new ModelException(
                    file + ": the fields \"rank\" and \"scale\" of \"lora_parameters\" are needed.", null);
        }
        Map<String, NDArray> weights = new LinkedHashMap<>();
        Set<Projection> targets = EnumSet.noneOf(Projection.class);
        try (Safetensors tensors = Safetensors.open(folder.resolve(WEIGHTS))) {
            for (int layer = 0; layer < config.layers(); layer++) {
                for (Projection projection : Projection.values()) {
                    String name = projection.name(layer);
                    if (tensors.names().contains(name + ".lora_a")) {
                        targets.add(projection);
                        String to = "base_model.model." + name;
                        weights.put(to + ".lora_A.weight", turned(manager, tensors.tensor(name + ".lora_a")));
                        weights.put(to + ".lora_B.weight", turned(manager, tensors.tensor(name + ".lora_b")));
                    }
                }
            }
        }
        if (weights.isEmpty()) {
            throw new ModelException(folder.resolve(WEIGHTS) + " does not fit this model.", null);
        }
        return new Adapter(rank, scale * rank, targets, weights);
    }

    private static NDArray turned(NDManager manager, Tensor tensor) {
        int rows = Math.toIntExact(tensor.shape()[0]);
        int columns = Math.toIntExact(tensor.shape()[1]);
        float[] turned = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = tensor.values()[i * columns + j];
            }
        }
        return manager.create(turned, new Shape(columns, rows));
    }
}
