package org.avatarengine.slm.training;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.failure.ModelException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.WholeFile;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.weights.NumberType;
import org.avatarengine.slm.weights.Safetensors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checkpoints of a training in a folder: numbered subfolders. The highest number with a {@code state.json} is used.
 * That file is written last. After a crash or with a full disk, the previous checkpoint therefore remains valid.
 */
final class Checkpoint {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STATE = "state.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String BEST = "best.safetensors";

    private final Path folder;
    private final Decoder decoder;

    Checkpoint(Path folder, Decoder decoder) {
        this.folder = folder;
        this.decoder = decoder;
    }

    /**
     * The state of a training.
     *
     * @param fingerprint the fingerprint of the plan and the data; only the same training can be continued
     * @param precision the number type of matrix products; null in checkpoints of earlier versions
     * @param step the number of completed steps
     * @param best the lowest validation loss, in nats per token
     * @param bestStep the step with the lowest validation loss
     * @param worse the number of evaluations since then
     * @param tokens the number of tokens processed
     * @param seconds the time spent so far
     */
    record State(
            String fingerprint,
            @Nullable Precision precision,
            int step,
            double best,
            int bestStep,
            int worse,
            long tokens,
            double seconds,
            List<TrainingReport.Point> curve) {}

    private static List<Path> all(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("step-\\d+"))
                    .sorted(Comparator.comparing(Checkpoint::number).reversed())
                    .toList();
        }
    }

    private static int number(Path file) {
        return Integer.parseInt(file.getFileName().toString().substring("step-".length()));
    }

    private static @Nullable Path latest(Path folder) throws IOException {
        for (Path one : all(folder)) {
            if (Files.isRegularFile(one.resolve(STATE))) {
                return one;
            }
        }
        return null;
    }

    /** The state of the interrupted training; null when there is none. */
    @Nullable
    State state() {
        return state(folder);
    }

    /** The state of the interrupted training in a folder; null when there is none. */
    static @Nullable State state(Path folder) {
        try {
            Path latest = latest(folder);
            return latest == null ? null : JSON.readValue(Files.readString(latest.resolve(STATE)), State.class);
        } catch (IOException | JacksonException e) {
            throw new ModelException("The checkpoint in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Restores the weights and the optimizer. */
    void restore(Map<String, NDArray> weights, Map<String, NDArray> optimizer) {
        try {
            Path latest = Objects.requireNonNull(latest(folder));
            read(latest.resolve(WEIGHTS), weights);
            read(latest.resolve(OPTIMIZER), optimizer);
        } catch (IOException e) {
            throw new ModelException("The checkpoint in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Restores the weights with the lowest validation loss. */
    void restoreBest(Map<String, NDArray> weights) {
        read(folder.resolve(BEST), weights);
    }

    private void read(Path file, Map<String, NDArray> into) {
        try (Safetensors tensors = Safetensors.open(file)) {
            into.forEach(
                    (name, array) -> decoder.assign(array, tensors.tensor(name).values()));
        }
    }

    /** Stores the weights with the lowest validation loss so far. */
    void saveBest(Map<String, NDArray> weights) throws IOException {
        Files.createDirectories(folder);
        Decoder.write(folder.resolve(BEST), weights, NumberType.F32);
    }

    void save(State state, Map<String, NDArray> weights, Map<String, NDArray> optimizer) throws IOException {
        Path next = folder.resolve("step-" + state.step());
        Files.createDirectories(next);
        Decoder.write(next.resolve(WEIGHTS), weights, NumberType.F32);
        Decoder.write(next.resolve(OPTIMIZER), optimizer, NumberType.F32);
        WholeFile.write(next.resolve(STATE), JSON.writeValueAsBytes(state));
        for (Path old : all(folder)) {
            if (!old.equals(next)) {
                // The file that marks it as complete is deleted first.
                Files.deleteIfExists(old.resolve(STATE));
                FileTree.delete(old);
            }
        }
    }

    /** Removes all checkpoints. */
    void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            for (Path one : all(folder)) {
                Files.deleteIfExists(one.resolve(STATE));
            }
            FileTree.delete(folder);
        }
    }
}
