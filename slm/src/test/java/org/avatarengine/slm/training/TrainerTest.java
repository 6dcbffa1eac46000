package org.avatarengine.slm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.avatarengine.failure.ModelException;
import org.avatarengine.slm.decoder.Adapter;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.decoder.DecoderConfig;
import org.avatarengine.slm.decoder.Projection;
import org.avatarengine.slm.tokenizer.Document;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final DecoderConfig CONFIG = DecoderConfig.llama(32, 32, 2, 4, 2, 32);
    private static Torch torch;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        torch = Torch.open("cpu");
    }

    @AfterAll
    static void close() {
        torch.close();
    }

    /** Counts up from a random number, modulo the vocabulary size; the first token determines all others. */
    private static List<Document> counting(int many, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            long[] ids = new long[4 + random.nextInt(12)];
            int first = random.nextInt(32);
            Arrays.setAll(ids, k -> (first + k) % 32);
            boolean[] learnt = new boolean[ids.length];
            Arrays.fill(learnt, true);
            documents.add(new Document(ids, learnt));
        }
        return documents;
    }

    private static Trainer.Documents documents() {
        return new Trainer.Documents(counting(120, 1), counting(20, 2), counting(20, 3));
    }

    private static TrainingPlan plan(int epochs, double rate) {
        return new TrainingPlan(epochs, rate, 32, 4, 1, 0.1, 0.1, 1, 0.05, 5, 0, 3, 11);
    }

    private static Map<String, float[]> copy(Map<String, NDArray> weights) {
        Map<String, float[]> copy = new HashMap<>();
        weights.forEach((name, array) -> copy.put(name, array.toFloatArray()));
        return copy;
    }

    @Test
    void aDeterministicSequenceIsLearnt() throws Exception {
        try (Decoder decoder = Decoder.random(torch, CONFIG, Precision.FLOAT32, 1)) {
            List<Double> losses = new ArrayList<>();
            Trainer trainer = new Trainer(torch, decoder, plan(30, 3e-3), folder.resolve("checkpoint"));
            TrainingReport report = trainer.train(
                    documents(), "f", false, (step, steps, loss, valid, rate) -> losses.add(loss), () -> false);
            assertThat(losses.getFirst()).as("untrained: ln 32").isBetween(3.3, 3.7);
            assertThat(report.test()).isLessThan(0.1);
            assertThat(report.testTokens())
                    .isEqualTo(
                            counting(20, 3).stream().mapToInt(Document::targets).sum());
            assertThat(report.curve()).isNotEmpty();
            trainer.finish();
            assertThat(folder.resolve("checkpoint")).doesNotExist();
        }
    }

    @Test
    void anInterruptedTrainingGivesTheSameWeights() throws Exception {
        Map<String, float[]> straight;
        try (Decoder decoder = Decoder.random(torch, CONFIG, Precision.FLOAT32, 1)) {
            new Trainer(torch, decoder, plan(3, 1e-3), folder.resolve("one"))
                    .train(documents(), "f", false, (step, steps, loss, valid, rate) -> {}, () -> false);
            straight = copy(decoder.trainable());
        }
        int[] steps = {0};
        try (Decoder decoder = Decoder.random(torch, CONFIG, Precision.FLOAT32, 1)) {
            Trainer trainer = new Trainer(torch, decoder, plan(3, 1e-3), folder.resolve("two"));
            assertThatThrownBy(() -> trainer.train(
                            documents(),
                            "f",
                            false,
                            (step, all, loss, valid, rate) -> steps[0] = step,
                            () -> steps[0] == 13))
                    .isInstanceOf(InterruptedException.class);
        }
        try (Decoder decoder = Decoder.random(torch, CONFIG, Precision.FLOAT32, 99)) {
            List<Integer> seen = new ArrayList<>();
            new Trainer(torch, decoder, plan(3, 1e-3), folder.resolve("two"))
                    .train(documents(), "f", true, (step, all, loss, valid, rate) -> seen.add(step), () -> false);
            assertThat(seen).first().isEqualTo(14);
            assertThat(copy(decoder.trainable())).usingRecursiveComparison().isEqualTo(straight);
        }
    }

    @Test
    void anIncompleteCheckpointIsIgnored() throws Exception {
        Path checkpoints = folder.resolve("c");
        int[] steps = {0};
        try (Decoder decoder = Decoder.random(torch, CONFIG, Precision.FLOAT32, 1)) {
            Trainer trainer = new Trainer(torch, decoder, plan(3, 1e-3), checkpoints);
            assertThatThrownBy(() -> trainer.train(
                            documents(),
                            "f",
                            false,
                            (step, all, loss, valid, rate) -> steps[0] = step,
                            () -> steps[0] == 7))
                    .isInstanceOf(InterruptedException.class);
            // A process that dies while saving leaves such a folder.
            Path half = Files.createDirectories(checkpoints.resolve("step-12"));
            Files.write(half.resolve("weights.safetensors.part"), new byte[100]);
            List<Integer> seen = new ArrayList<>();
            trainer.train(documents(), "f", true, (step, all, loss, valid, rate) -> seen.add(step), () -> false);
            assertThat(seen).first().isEqualTo(8);
            assertThatThrownBy(() -> trainer.train(
                            documents(), "other", true, (step, all, loss, valid, rate) -> {}, () -> false))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("other data or settings");
        }
    }

    @Test
    void anAdapterLearnsAndTheBaseIsUnchanged() throws Exception {
        try (Decoder base = Decoder.random(torch, CONFIG, Precision.FLOAT32, 1)) {
            Map<String, float[]> before = copy(base.trainable());
            Adapter adapter = Adapter.create(torch.manager(), CONFIG, EnumSet.allOf(Projection.class), 4, 8, 5);
            TrainingReport report = new Trainer(
                            torch, base.adapted(adapter), plan(20, 1e-2), folder.resolve("checkpoint"))
                    .train(documents(), "f", false, (step, steps, loss, valid, rate) -> {}, () -> false);
            assertThat(report.test()).isLessThan(3.2);
            assertThat(copy(base.trainable())).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void aDivergingLossIsReported() {
        try (Decoder decoder = Decoder.random(torch, CONFIG, Precision.FLOAT32, 1)) {
            decoder.trainable().values().iterator().next().addi(Float.NaN);
            assertThatThrownBy(() -> new Trainer(torch, decoder, plan(1, 1e-3), folder.resolve("checkpoint"))
                            .train(documents(), "f", false, (step, steps, loss, valid, rate) -> {}, () -> false))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("diverged at step 1");
        }
    }

    @Test
    void itStopsEarlyWithoutImprovement() throws Exception {
        // Random continuations cannot be predicted: training on them increases the loss of the others.
        SplittableRandom random = new SplittableRandom(4);
        List<List<Document>> parts = new ArrayList<>();
        for (int many : new int[] {20, 20, 20}) {
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                long[] ids = new long[16];
                Arrays.setAll(ids, k -> random.nextInt(32));
                boolean[] learnt = new boolean[16];
                Arrays.fill(learnt, true);
                documents.add(new Document(ids, learnt));
            }
            parts.add(documents);
        }
        try (Decoder decoder = Decoder.random(torch, CONFIG, Precision.FLOAT32, 1)) {
            TrainingReport report = new Trainer(torch, decoder, plan(200, 3e-3), folder.resolve("checkpoint"))
                    .train(
                            new Trainer.Documents(parts.get(0), parts.get(1), parts.get(2)),
                            "f",
                            false,
                            (step, steps, loss, valid, rate) -> {},
                            () -> false);
            assertThat(report.stopped()).isTrue();
            assertThat(report.bestStep()).isLessThan(report.steps());
            assertThat(report.test()).isLessThan(4);
        }
    }
}
