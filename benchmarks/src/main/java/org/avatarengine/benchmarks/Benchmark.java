package org.avatarengine.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.event.Message;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.ImportReport;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;

/** One step of the benchmark: {@code generate FILE N}, {@code decode FILE WORK}, {@code import FILE WORK}, {@code febrl
 * FOLDER}. */
final class Benchmark {
    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        java.util.logging.LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.SEVERE);
        switch (args[0]) {
            case "generate" -> SyntheticMessages.write(Path.of(args[1]), Integer.parseInt(args[2]));
            case "decode" -> decode(Path.of(args[1]), Path.of(args[2]));
            case "import" -> load(Path.of(args[1]), Path.of(args[2]));
            case "febrl" -> FebrlBenchmark.run(Path.of(args[1]));
            case "analyze" -> analyze(Path.of(args[1]));
            case "vectors" -> vectors();
            case "engines" -> org.avatarengine.analysis.EngineBenchmark.run(Integer.parseInt(args[1]));
            case "dedupe" -> DedupeBenchmark.run(Integer.parseInt(args[1]));
            default -> throw new IllegalArgumentException("There is no step " + args[0]);
        }
    }

    private static Source open(Path file, Path work) throws Exception {
        return ChatDbSource.open(
                file,
                null,
                work.resolve("snapshots"),
                new HandleNormalizer("US"),
                Filter.ALL,
                Runtime.getRuntime().availableProcessors());
    }

    /** Decodes rows to events, without a graph. The events are counted, so that no work can be optimized away. */
    private static void decode(Path file, Path work) throws Exception {
        long[] count = new long[2];
        long begin = System.nanoTime();
        double opened;
        try (Source source = open(file, work)) {
            opened = seconds(begin);
            source.read(Position.START, batch -> {
                batch.events().forEach(event -> {
                    count[0]++;
                    count[1] += event instanceof Message m ? m.body().text().length() : 0;
                });
                return true;
            });
        }
        double total = seconds(begin);
        System.out.printf(
                Locale.ROOT,
                "decode  rows %,d  characters %,d  snapshot %.2f s  reading %,.0f rows/s  whole %,.0f rows/s  peak %d MiB%n",
                count[0],
                count[1],
                opened,
                count[0] / (total - opened),
                count[0] / total,
                peakMebibytes());
    }

    private static void load(Path file, Path work) throws Exception {
        HandleNormalizer normalizer = new HandleNormalizer("US");
        long begin = System.nanoTime();
        try (Graph graph = EmbeddedGraph.open(work.resolve("graph"));
                Source source = open(file, work)) {
            Schema.migrate(graph);
            double opened = seconds(begin);
            long[] writing = {0};
            Progress progress = (stage, done, total) -> {
                if (stage.equals("importing")) {
                    writing[0] = System.nanoTime();
                }
            };
            long start = System.nanoTime();
            ImportReport report = new Ingest(graph, normalizer, progress, () -> false).run(source);
            double whole = seconds(start);
            double written = (writing[0] - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "import  events %,d  opening %.1f s  writing %,.0f/s  with indexes %,.0f/s  (%.1f µs each)  peak %d MiB%n",
                    report.read(),
                    opened,
                    report.read() / written,
                    report.read() / whole,
                    1e6 * whole / report.read(),
                    peakMebibytes());
        }
    }

    /** Creates and stores everybody's portrait, without sentence vectors. */
    private static void analyze(Path work) throws Exception {
        try (Graph graph = EmbeddedGraph.open(work.resolve("graph"))) {
            PortraitStore store = new PortraitStore(graph);
            Set<String> people = store.candidates(50).all();
            long[] last = new long[2];
            Progress progress = (stage, done, total) -> {
                if (stage.equals("analyzing")) {
                    last[0] = Math.max(last[0], done);
                    last[1] = System.nanoTime();
                }
            };
            long begin = System.nanoTime();
            Analysis.Findings findings =
                    new Analysis(graph, ZoneId.of("UTC"), text -> null, progress, () -> false).of(people);
            double reading = (last[1] - begin) / 1e9;
            double painted = seconds(begin);
            store.store(findings, done -> {});
            double whole = seconds(begin);
            System.out.printf(
                    Locale.ROOT,
                    "analyze  messages %,d  people %d  reading and counting %.1f s (%,.0f/s)  portraits %.1f s  storing %.1f s"
                            + "  whole %,.0f/s  peak %d MiB%n",
                    last[0],
                    findings.portraits().size(),
                    reading,
                    last[0] / reading,
                    painted - reading,
                    whole - painted,
                    last[0] / whole,
                    peakMebibytes());
        }
    }

    /** Sentence vectors of synthetic texts of eight words. */
    private static void vectors() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> words =
                List.of("the", "dog", "we", "should", "go", "home", "before", "rain", "call", "me", "later");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            texts.add(random.ints(8, 0, words.size()).mapToObj(words::get).collect(Collectors.joining(" ")));
        }
        try (OnnxEncoder encoder =
                new OnnxEncoder(SentenceModel.MINILM, Runtime.getRuntime().availableProcessors())) {
            encoder.encode(texts.subList(0, 1000));
            long begin = System.nanoTime();
            encoder.encode(texts);
            System.out.printf(
                    Locale.ROOT,
                    "vectors  %,.0f texts/s of 8 words  peak %d MiB%n",
                    texts.size() / seconds(begin),
                    peakMebibytes());
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** The peak memory of this process, heap and native; 0 if the system does not report it. */
    private static long peakMebibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
