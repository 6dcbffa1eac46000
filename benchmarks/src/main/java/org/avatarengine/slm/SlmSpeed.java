package org.avatarengine.slm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.avatarengine.slm.decoder.Adapter;
import org.avatarengine.slm.decoder.Decoder;
import org.avatarengine.slm.decoder.DecoderConfig;
import org.avatarengine.slm.decoder.Projection;
import org.avatarengine.slm.decoder.Reading;
import org.avatarengine.slm.tokenizer.Document;
import org.avatarengine.slm.torch.Precision;
import org.avatarengine.slm.torch.Torch;
import org.avatarengine.slm.training.Trainer;
import org.avatarengine.slm.training.TrainingPlan;

/**
 * Training compared with the machine's peak rate of multiplication, generation compared with its memory bandwidth, and the
 * growth of memory over a thousand steps.
 */
final class SlmSpeed {
    private static final int LENGTH = 256;
    private static final int ROWS = 8;
    private static final int WRITTEN = 200;

    private final Torch torch;
    private final Path folder;

    private SlmSpeed(Torch torch, Path folder) {
        this.torch = torch;
        this.folder = folder;
    }

    /** @param args {@code long} adds the thousand steps */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("slm-speed");
        try (Torch torch = Torch.open("cpu")) {
            SlmSpeed speed = new SlmSpeed(torch, folder);
            double peak = Precision.gigaflops(torch, 1024, 20);
            double bandwidth = speed.bandwidth();
            System.out.printf(
                    Locale.ROOT, "machine: matmul %.0f GFLOP/s (float32), memory %.1f GB/s%n", peak, bandwidth);
            DecoderConfig config = DecoderConfig.llama(4096, 320, 6, 5, 5, LENGTH);
            System.out.printf(Locale.ROOT, "decoder of %,d parameters%n", config.parameters());
            for (Precision precision : Precision.values()) {
                speed.training("full", config, precision, peak, 40, false);
                speed.training("lora", config, precision, peak, 40, true);
                speed.writing(config, precision, bandwidth);
            }
            if (Arrays.asList(args).contains("long")) {
                speed.training(
                        "1,000 steps",
                        DecoderConfig.llama(1024, 128, 2, 4, 2, 64),
                        Precision.FLOAT32,
                        peak,
                        1000,
                        false);
            }
        }
    }

    /** Reads an array far larger than the caches. */
    private double bandwidth() {
        try (NDManager manager = torch.manager().newSubManager()) {
            NDArray array = manager.zeros(new Shape(100_000_000), DataType.FLOAT32);
            double best = 0;
            for (int i = 0; i < 6; i++) {
                long begin = System.nanoTime();
                array.sum().getFloat();
                best = Math.max(best, 4e8 / (System.nanoTime() - begin));
            }
            return best;
        }
    }

    private static List<Document> documents(DecoderConfig config, int many) {
        SplittableRandom random = new SplittableRandom(1);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            long[] ids = new long[config.context()];
            boolean[] learnt = new boolean[ids.length];
            Arrays.setAll(ids, k -> random.nextInt(config.vocabulary()));
            Arrays.fill(learnt, true);
            documents.add(new Document(ids, learnt));
        }
        return documents;
    }

    private void training(
            String what, DecoderConfig config, Precision precision, double peak, int steps, boolean adapted)
            throws InterruptedException {
        try (Decoder decoder = Decoder.random(torch, config, precision, 1)) {
            Decoder learner = adapted
                    ? decoder.adapted(
                            Adapter.create(torch.manager(), config, EnumSet.allOf(Projection.class), 16, 32, 1))
                    : decoder;
            TrainingPlan plan =
                    new TrainingPlan(1, 1e-3, config.context(), ROWS, 1, 0.05, 0.1, 1, 0, steps + 1, 0, 2, 1);
            long[] from = {0};
            long[] memory = {0, 0};
            double[] seconds = {0};
            int counted = steps / 2;
            new Trainer(torch, learner, plan, folder.resolve("checkpoints"))
                    .train(
                            new Trainer.Documents(documents(config, ROWS * steps), List.of(), List.of()),
                            what,
                            false,
                            (step, all, loss, valid, rate) -> {
                                if (step == counted) {
                                    from[0] = System.nanoTime();
                                    memory[0] = resident();
                                } else if (step == steps) {
                                    seconds[0] = (System.nanoTime() - from[0]) / 1e9;
                                    memory[1] = resident();
                                }
                            },
                            () -> false);
            double tokens = (double) (steps - counted) * ROWS * config.context();
            double full = config.trainingFlops(config.context());
            // An adapter needs no gradients of the frozen weights, which saves a third.
            double flops = tokens * (adapted ? full * 2 / 3 : full);
            System.out.printf(
                    Locale.ROOT,
                    "training %-12s %-8s %,7.0f tokens/s  %.0f GFLOP/s, %.0f%% of matmul's%s%n",
                    what,
                    precision.name().toLowerCase(Locale.ROOT),
                    tokens / seconds[0],
                    flops / seconds[0] / 1e9,
                    100 * flops / seconds[0] / 1e9 / peak,
                    steps >= 1000
                            ? String.format(
                                    Locale.ROOT,
                                    "  memory %,d MiB after %d steps, %,d after %d",
                                    memory[0] >> 20,
                                    counted,
                                    memory[1] >> 20,
                                    steps)
                            : "");
        }
    }

    private void writing(DecoderConfig config, Precision precision, double bandwidth) {
        try (Decoder decoder = Decoder.random(torch, config, precision, 1)) {
            decoder.freeze();
            double best = 0;
            for (int round = 0; round < 4; round++) {
                try (Reading reading = decoder.read(1, LENGTH)) {
                    reading.begin(List.of(new long[] {1, 2, 3}));
                    long begin = System.nanoTime();
                    for (int i = 0; i < WRITTEN; i++) {
                        reading.next(new long[] {i});
                    }
                    best = Math.max(best, WRITTEN * 1e9 / (System.nanoTime() - begin));
                }
            }
            double bytes = (precision == Precision.FLOAT32 ? 4.0 : 2.0) * config.parameters();
            System.out.printf(
                    Locale.ROOT,
                    "writing               %-8s %,7.0f tokens/s  %.1f GB/s, %.0f%% of memory's%n",
                    precision.name().toLowerCase(Locale.ROOT),
                    best,
                    best * bytes / 1e9,
                    100 * best * bytes / 1e9 / bandwidth);
        }
    }

    private static long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
