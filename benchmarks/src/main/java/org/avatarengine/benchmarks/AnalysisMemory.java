package org.avatarengine.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.analysis.SentenceVectors;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.progress.Progress;
import org.avatarengine.vectors.SentenceEncoder;
import org.avatarengine.vectors.VectorStore;

/**
 * Measures the heap of an analysis with sentence vectors: the peak after full collections, which are forced every two
 * seconds, for each stage. It includes the database. Vectors are random, of the model's size, and stored like the model's;
 * computing real ones takes an hour at this size and needs no more heap.
 */
final class AnalysisMemory {
    private static final long EVERY_MILLIS = 2000;

    private AnalysisMemory() {}

    /** @param args the folder of an imported graph; or a new folder and the number of messages for its graph */
    public static void main(String[] args) throws Exception {
        java.util.logging.LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.SEVERE);
        Path folder = Path.of(args[0]);
        try (Graph graph = EmbeddedGraph.open(folder.resolve("graph"));
                SentenceEncoder encoder = new RandomVectors()) {
            Schema.migrate(graph);
            if (args.length > 1) {
                SyntheticGraph.write(graph, Integer.parseInt(args[1]));
            }
            System.out.println("sentence vectors are random ones, not the model's");
            long messages = graph.read("MATCH (m:Message) RETURN count(m) AS n", java.util.Map.of())
                    .getFirst()
                    .number("n");
            AtomicLong last = new AtomicLong(System.nanoTime());
            Progress progress = (stage, done, total) -> {
                long since = last.get();
                if (System.nanoTime() - since > 20e9 && last.compareAndSet(since, System.nanoTime())) {
                    System.err.printf(Locale.ROOT, "%s %,d of %,d%n", stage, done, total);
                }
            };
            try (VectorStore vectors =
                    VectorStore.open(folder.resolve("vectors"), encoder.model(), encoder.dimensions())) {
                measured(
                        "vectors",
                        messages,
                        () -> SentenceVectors.fill(graph, encoder, vectors, progress, () -> false));
            }
            try (VectorStore vectors =
                    VectorStore.open(folder.resolve("vectors"), encoder.model(), encoder.dimensions())) {
                PortraitStore store = new PortraitStore(graph);
                measured("analysis", messages, () -> {
                    Analysis.Findings findings = new Analysis(
                                    graph, ZoneId.of("UTC"), vectors::get, progress, () -> false)
                            .of(store.candidates(50).all());
                    store.store(findings, done -> {});
                    return findings.portraits().size();
                });
            }
        }
    }

    private interface Stage {
        int run() throws Exception;
    }

    private static void measured(String name, long messages, Stage stage) throws Exception {
        AtomicLong peak = new AtomicLong(used());
        long before = peak.get();
        Thread sampler = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Thread.sleep(EVERY_MILLIS);
                    peak.accumulateAndGet(used(), Math::max);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long begin = System.nanoTime();
        int result = stage.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        sampler.interrupt();
        sampler.join();
        System.out.printf(
                Locale.ROOT,
                "%s  messages %,d  result %,d  %.0f s  heap before %d MiB  peak after collection %d MiB  %,d bytes a message%n",
                name,
                messages,
                result,
                seconds,
                before >> 20,
                peak.get() >> 20,
                (peak.get() - before) / Math.max(1, messages));
    }

    /** The used heap after a full collection, in bytes. */
    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A random vector for each text, of length 1. */
    private static final class RandomVectors implements SentenceEncoder {
        @Override
        public String model() {
            return "random";
        }

        @Override
        public int dimensions() {
            return SentenceModel.MINILM.dimensions();
        }

        @Override
        public List<float[]> encode(List<String> texts) {
            return texts.stream().map(this::vector).toList();
        }

        private float[] vector(String text) {
            SplittableRandom random = new SplittableRandom(text.hashCode());
            float[] vector = new float[dimensions()];
            double square = 0;
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (random.nextDouble() - 0.5);
                square += vector[i] * vector[i];
            }
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= (float) Math.sqrt(square);
            }
            return vector;
        }

        @Override
        public void close() {}
    }
}
