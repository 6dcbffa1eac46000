package org.avatarengine.benchmarks;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.memory.RecallQuery;

/**
 * The latency of a question in a large store. Passages get the sum of random vectors of their words instead of a sentence
 * model's, which would take an hour at this size; searching them takes the same time. The question is also encoded with
 * the real model, so that its time counts.
 */
final class RecallLatency {
    private static final int QUESTIONS = 300;
    private static final int WARM_UP = 100;

    private RecallLatency() {}

    /** @param args the folder of an imported graph */
    public static void main(String[] args) throws Exception {
        try (OnnxEncoder real = new OnnxEncoder(
                        SentenceModel.BGE_SMALL, Runtime.getRuntime().availableProcessors());
                Graph graph = EmbeddedGraph.open(Path.of(args[0]).resolve("graph"))) {
            Schema.migrate(graph);
            long begin = System.nanoTime();
            long[] told = {begin};
            long passages = new MemoryIndex(graph, new HashedWords(null))
                    .fill(
                            (stage, done, total) -> {
                                if (System.nanoTime() - told[0] > 30e9) {
                                    told[0] = System.nanoTime();
                                    System.err.printf(Locale.ROOT, "%s %,d of %,d%n", stage, done, total);
                                }
                            },
                            () -> false);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "memory  passages %,d  %,.0f/s without a sentence model%n",
                    passages,
                    passages / seconds);
            ask(graph, new Memory(graph, new HashedWords(real), Clock.systemUTC()));
        }
    }

    private static void ask(Graph graph, Memory memory) {
        List<RecallQuery> questions = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        graph.read(
                "MATCH (m:Message) WHERE size(m.text) > 20 RETURN m.id AS id ORDER BY id",
                Map.of(),
                row -> ids.add(row.requireText("id")));
        int step = ids.size() / (QUESTIONS + WARM_UP);
        for (int i = 0; i < QUESTIONS + WARM_UP; i++) {
            graph.read("""
                    MATCH (owner:Person {owner: true})
                    MATCH (m:Message {id: $id})-[:SENT_TO]->(c:Conversation)<-[:MEMBER_OF]-(p:Person)
                    WHERE NOT coalesce(p.owner, false)
                    RETURN owner.id AS owner, p.id AS partner, m.text AS text, coalesce(c.remembered, 0) AS size
                    ORDER BY partner LIMIT 1""", Map.of("id", ids.get(i * step)), row -> {
                List<String> words = Arrays.asList(row.requireText("text").split("\\s+"));
                questions.add(new RecallQuery(
                        "When did you say " + String.join(" ", words.subList(0, Math.min(6, words.size()))) + "?",
                        row.requireText("partner"),
                        row.requireText("owner")));
                sizes.add(row.number("size"));
            });
        }
        double[] millis = new double[QUESTIONS];
        int found = 0;
        for (int i = 0; i < questions.size(); i++) {
            long begin = System.nanoTime();
            found += memory.recall(questions.get(i), 10).size();
            if (i >= WARM_UP) {
                millis[i - WARM_UP] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "recall  questions %d  exchanges %d  conversation asked in: mean %,.0f messages  median %.0f ms  p95 %.0f ms"
                        + "  worst %.0f ms%n",
                QUESTIONS,
                found,
                sizes.stream().mapToLong(n -> n).average().orElse(0),
                millis[QUESTIONS / 2],
                millis[QUESTIONS * 95 / 100],
                millis[QUESTIONS - 1]);
    }
}
