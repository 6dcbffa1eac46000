package org.avatarengine.slm.training;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.weights.NumberType;
import org.avatarengine.slm.weights.Safetensors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a training stands, in a folder: numbered subfolders, of which the highest with a {@code state.json} counts. That
 * file is written last, so a process that dies, or a full disk, leaves the one before in force.
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
     * Where a training stands.
     *
     * @param fingerprint of the plan and the data; with others it cannot be gone on with
     * @param precision it is done in; null in checkpoints that did not keep it yet
     * @param step how many were done
     * @param best the lowest loss on the texts for stopping, in nats a token
     * @param bestStep after which it was
     * @param worse how many evaluations since then brought nothing better
     * @param tokens how many were learnt from
     * @param seconds spent so far
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

    /** Where the training stood; null when there is nothing to go on with. */
    @Nullable
    State state() {
        return state(folder);
    }

    /** Where the training whose checkpoints are in a folder stood; null when there is nothing to go on with. */
    static @Nullable State state(Path folder) {
        try {
            Path latest = latest(folder);
            return latest == null ? null : JSON.readValue(Files.readString(latest.resolve(STATE)), State.class);
        } catch (IOException | JacksonException e) {
            throw new ModelException("The checkpoint in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Puts weights and optimizer back to where they were. */
    void restore(Map<String, NDArray> weights, Map<String, NDArray> optimizer) {
        try {
            Path latest = Objects.requireNonNull(latest(folder));
            read(latest.resolve(WEIGHTS), weights);
            read(latest.resolve(OPTIMIZER), optimizer);
        } catch (IOException e) {
            throw new ModelException("The checkpoint in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Puts the weights to where they were best. */
    void restoreBest(Map<String, NDArray> weights) {
        read(folder.resolve(BEST), weights);
    }

    private void read(Path file, Map<String, NDArray> into) {
        try (Safetensors tensors = Safetensors.open(file)) {
            into.forEach(
                    (name, array) -> decoder.assign(array, tensors.tensor(name).values()));
        }
    }

    /** Keeps weights that are the best so far. */
    void saveBest(Map<String, NDArray> weights) throws IOException {
        Files.createDirectories(folder);
        Decoder.write(folder.resolve(BEST), weights, NumberType.F32);
    }

    void save(State state, Map<String, NDArray> weights, Map<String, NDArray> optimizer) throws IOException {
        Path next = folder.resolve("step-" + state.step());
        Files.createDirectories(next);
        Decoder.write(next.resolve(WEIGHTS), weights, NumberType.F32);
        Decoder.write(next.resolve(OPTIMIZER), optimizer, NumberType.F32);
        Path half = next.resolve(STATE + ".part");
        Files.writeString(half, JSON.writeValueAsString(state));
        Files.move(half, next.resolve(STATE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        for (Path old : all(folder)) {
            if (!old.equals(next)) {
                // The mark of being whole goes first.
                Files.deleteIfExists(old.resolve(STATE));
                delete(old);
            }
        }
    }

    /** Removes everything. */
    void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            for (Path one : all(folder)) {
                Files.deleteIfExists(one.resolve(STATE));
            }
            delete(folder);
        }
    }

    private static void delete(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            throw new IOException(top + " cannot be removed", e);
        }
    }
}
