package org.avatarengine.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.memory.Candidate;
import org.avatarengine.memory.Candidates;
import org.avatarengine.memory.Exchange;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.Ranker;
import org.avatarengine.training.Locomo;
import org.avatarengine.training.RankerTrainer;

/**
 * Evidence recall on LoCoMo, categories 1 to 4: the mean over questions of the share of the evidence among the first k.
 * Each conversation is ranked with weights learnt from the others. BM25 over single turns is the baseline.
 */
final class RecallBenchmark {
    private static final int[] CUTS = {5, 10, 20};

    private final Map<String, double[]> sums = new TreeMap<>();

    private RecallBenchmark() {}

    /** @param args the folder of LoCoMo */
    public static void main(String[] args) throws IOException, InterruptedException {
        new RecallBenchmark().run(Path.of(args[0]));
    }

    private void run(Path folder) throws IOException, InterruptedException {
        int most = CUTS[CUTS.length - 1];
        try (OnnxEncoder encoder = new OnnxEncoder(
                        SentenceModel.BGE_SMALL, Runtime.getRuntime().availableProcessors());
                Graph graph = EmbeddedGraph.open(Files.createTempDirectory("recall"))) {
            Schema.migrate(graph);
            Locomo locomo = Locomo.load(folder, graph);
            List<Locomo.Answered> questions = locomo.ask(encoder);
            Candidates candidates = new Candidates(graph, encoder, Clock.systemUTC());
            int talks =
                    1 + questions.stream().mapToInt(Locomo.Answered::talk).max().orElseThrow();
            for (int talk = 0; talk < talks; talk++) {
                int left = talk;
                Ranker ranker = RankerTrainer.train(
                        questions.stream().filter(q -> q.talk() != left).toList());
                Memory memory = new Memory(graph, candidates, ranker);
                List<Locomo.Turn> turns = locomo.turns(talk);
                Bm25 bm25 = new Bm25(turns.stream().map(Locomo.Turn::text).toList());
                for (Locomo.Answered question :
                        questions.stream().filter(q -> q.talk() == left).toList()) {
                    count(
                            "avatar, exchanges",
                            question,
                            memory.exchanges(question.question(), question.candidates(), most).stream()
                                    .map(e -> e.lines().stream()
                                            .map(Exchange.Line::messageId)
                                            .toList())
                                    .toList());
                    count(
                            "avatar, passages alone",
                            question,
                            question.candidates().stream()
                                    .sorted(Comparator.comparingDouble(ranker::score)
                                            .reversed())
                                    .map(Candidate::messageIds)
                                    .toList());
                    count(
                            "(all candidates)",
                            question,
                            List.of(question.candidates().stream()
                                    .flatMap(one -> one.messageIds().stream())
                                    .toList()));
                    int[] best = bm25.best(question.question().text(), most);
                    count(
                            "BM25, turns alone",
                            question,
                            IntStream.of(best)
                                    .mapToObj(i -> List.of(turns.get(i).id()))
                                    .toList());
                    count(
                            "BM25, exchanges of the same size",
                            question,
                            IntStream.of(best)
                                    .mapToObj(i ->
                                            turns.subList(Math.max(0, i - 1), Math.min(turns.size(), i + 3)).stream()
                                                    .map(Locomo.Turn::id)
                                                    .toList())
                                    .toList());
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "LoCoMo, %d questions of categories 1 to 4: evidence recall@5/10/20%n",
                    questions.size());
            sums.forEach((name, sum) -> System.out.printf(
                    Locale.ROOT,
                    "  %-34s %.3f %.3f %.3f%n",
                    name,
                    sum[0] / questions.size(),
                    sum[1] / questions.size(),
                    sum[2] / questions.size()));
        }
    }

    private void count(String name, Locomo.Answered question, List<? extends Collection<String>> results) {
        double[] sum = sums.computeIfAbsent(name, n -> new double[CUTS.length]);
        for (int k = 0; k < CUTS.length; k++) {
            Stream<String> ids = results.subList(0, Math.min(CUTS[k], results.size())).stream()
                    .flatMap(Collection::stream);
            sum[k] += (double)
                            ids.filter(question.evidence()::contains).distinct().count()
                    / question.evidence().size();
        }
    }
}
