package org.avatarengine.memory;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.benchmarks.HashedWords;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;

/**
 * The latency of a question between two people who share very many conversations, few, or a number in between. It is in the
 * package of what it measures, to compare it with the exhaustive way.
 */
final class RecallAtScale {
    private static final int QUESTIONS = 100;
    private static final int WARM_UP = 50;

    /** Fewer questions are asked in the mode that lists all passages first, because each takes long. */
    private static final int QUESTIONS_LISTED = 10;

    private RecallAtScale() {}

    /** @param args the folder for the graph, which is filled if it is empty; the number of conversations of the pair */
    public static void main(String[] args) throws Exception {
        java.util.logging.LogManager.getLogManager().getLogger("").setLevel(java.util.logging.Level.SEVERE);
        int shared = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        try (OnnxEncoder real = new OnnxEncoder(
                        SentenceModel.BGE_SMALL, Runtime.getRuntime().availableProcessors());
                Graph graph = EmbeddedGraph.open(Path.of(args[0]).resolve("graph"))) {
            Schema.migrate(graph);
            if (count(graph, "MATCH (p:Passage) RETURN count(p) AS n") == 0) {
                long begin = System.nanoTime();
                new ManyConversations(shared, shared / 50, shared / 5).write(graph, new HashedWords(null));
                System.out.printf(Locale.ROOT, "graph  written in %.0f s%n", (System.nanoTime() - begin) / 1e9);
            }
            System.out.printf(
                    Locale.ROOT,
                    "conversations %,d  passages %,d%n",
                    count(graph, "MATCH (c:Conversation) RETURN count(c) AS n"),
                    count(graph, "MATCH (p:Passage) RETURN count(p) AS n"));
            Candidates candidates = new Candidates(graph, new HashedWords(real), Clock.systemUTC());
            Memory memory = new Memory(graph, candidates, Ranker.shipped());
            for (String person :
                    List.of(ManyConversations.PARTNER, ManyConversations.GUEST, ManyConversations.FRIEND)) {
                List<RecallQuery> questions = questions(graph, person);
                report(person, "as shipped", questions, WARM_UP, question -> memory.recall(question, 10));
                report(
                        person,
                        "all listed",
                        questions.subList(0, 2 * QUESTIONS_LISTED),
                        QUESTIONS_LISTED,
                        question -> memory.recall(
                                new Recollection(question, Audience.of(question, graph, Integer.MAX_VALUE - 1)), 10));
            }
        }
    }

    private static long count(Graph graph, String cypher) {
        return graph.read(cypher, Map.of()).getFirst().number("n");
    }

    /** Four of five questions use words from a message the person received; one of five uses a phrase common to all. */
    private static List<RecallQuery> questions(Graph graph, String person) {
        List<String> texts = new ArrayList<>();
        graph.read(
                "MATCH (:Person {id: $id})-[:MEMBER_OF]->(c)<-[:SENT_TO]-(m:Message) RETURN m.text AS text, m.id AS id"
                        + " ORDER BY id",
                Map.of("id", person),
                row -> texts.add(row.requireText("text")));
        List<RecallQuery> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS + WARM_UP; i++) {
            List<String> words = Arrays.asList(
                    texts.get((int) ((long) i * 7919 % texts.size())).split(" "));
            String about = i % 5 == 0 ? "good morning" : String.join(" ", words.subList(0, Math.min(6, words.size())));
            questions.add(new RecallQuery("When did you say " + about + "?", person, ManyConversations.OWNER));
        }
        return questions;
    }

    private interface Way {
        List<Exchange> recall(RecallQuery question);
    }

    private static void report(String person, String way, List<RecallQuery> questions, int warmUp, Way recall) {
        int measured = questions.size() - warmUp;
        double[] wall = new double[measured];
        double[] processor = new double[measured];
        int found = 0;
        for (int i = 0; i < questions.size(); i++) {
            long begin = System.nanoTime();
            long processorBegin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int exchanges = recall.recall(questions.get(i)).size();
            if (i >= warmUp) {
                found += exchanges;
                wall[i - warmUp] = (System.nanoTime() - begin) / 1e6;
                processor[i - warmUp] =
                        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processorBegin) / 1e6;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "recall  %-7s %s  questions %d  exchanges %d  time %s  processor time %s%n",
                person,
                way,
                measured,
                found,
                quantiles(wall),
                quantiles(processor));
    }

    private static String quantiles(double[] millis) {
        Arrays.sort(millis);
        return String.format(
                Locale.ROOT,
                "median %.0f ms, p95 %.0f ms, worst %.0f ms",
                millis[millis.length / 2],
                millis[millis.length * 95 / 100],
                millis[millis.length - 1]);
    }
}
