package org.avatarengine.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.text.QuestionWords;

/** Finds passages by words (BM25) and by meaning (nearest vectors), within what an audience heard and nowhere else. */
final class Search {
    private static final int MOST = 80;

    /** Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). */
    private static final double RRF = 60;

    /** So many stays are searched one by one; the rest together, among everything. */
    private static final int ONE_BY_ONE = 16;

    private static final int AMONG_EVERYTHING = 800;

    private static final String BY_WORDS = """
            CALL db.index.fulltext.queryNodes($index, $query, {limit: $n}) YIELD node, score
            RETURN node.id AS id, node.conversation AS conversation, node.period AS period, node.number AS number,
                   node.at AS at, score
            ORDER BY score DESC, id""";

    private static final String FOUND = """

              SCORE AS score
            RETURN p.id AS id, p.conversation AS conversation, p.period AS period, p.number AS number, p.at AS at,
                   score""";

    private static final String BY_MEANING =
            "CYPHER 25 MATCH (p:Passage) SEARCH p IN (VECTOR INDEX " + Schema.PASSAGE_VECTOR + " FOR $vector ";

    private static final String WITHIN_STAY = BY_MEANING
            + "WHERE p.conversation = $conversation AND p.period >= $from AND p.period <= $to LIMIT " + MOST + ")"
            + FOUND;

    private static final String ANYWHERE = BY_MEANING + "LIMIT " + AMONG_EVERYTHING + ")" + FOUND;

    private final Graph graph;
    private final Question question;

    Search(Graph graph, Question question) {
        this.graph = graph;
        this.question = question;
    }

    /** A passage that was found. */
    record Hit(String id, String conversation, long period, long number, Instant at) {}

    /** The passages found in either way, the best first by their ranks in both. */
    List<Hit> find(List<Double> vector, Audience audience) {
        Map<Hit, Double> fused = new HashMap<>();
        fuse(byWords(audience), fused);
        fuse(byMeaning(vector, audience).keySet(), fused);
        return fused.entrySet().stream()
                .sorted(Map.Entry.<Hit, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().id))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void fuse(Collection<Hit> ranked, Map<Hit, Double> fused) {
        int rank = 0;
        for (Hit hit : ranked) {
            fused.merge(hit, 1 / (RRF + ++rank), Double::sum);
        }
    }

    private List<Hit> byWords(Audience audience) {
        // Only words reach Lucene, in lower case, so that nothing in a question is taken for an operator.
        String words = QuestionWords.without(question.text()).stream()
                .map(word -> "text:" + word.replace('\'', ' ').split(" ")[0])
                .distinct()
                .collect(Collectors.joining(" "));
        if (words.isEmpty()) {
            return List.of();
        }
        String scopes = audience.stays().stream()
                .flatMap(stay -> LongStream.rangeClosed(stay.from(), stay.to())
                        .mapToObj(period -> Keys.scope(stay.conversation(), period)))
                .collect(Collectors.joining(" ", "+scope:(", ")^0 "));
        return graph
                .read(BY_WORDS, Map.of("index", Schema.PASSAGE_TEXT, "query", scopes + "+(" + words + ")", "n", MOST))
                .stream()
                .map(Search::hit)
                .filter(hit -> within(hit, audience))
                .toList();
    }

    /** The passages nearest in meaning, the nearest first, each with (1 + cosine) / 2. */
    Map<Hit, Double> byMeaning(List<Double> vector, Audience audience) {
        Map<Hit, Double> near = new HashMap<>();
        List<Stay> stays = audience.stays();
        for (Stay stay : stays.subList(0, Math.min(ONE_BY_ONE, stays.size()))) {
            graph.read(
                    WITHIN_STAY,
                    Map.of("vector", vector, "conversation", stay.conversation(), "from", stay.from(), "to", stay.to()),
                    row -> near.put(hit(row), row.real("score")));
        }
        if (stays.size() > ONE_BY_ONE) {
            graph.read(ANYWHERE, Map.of("vector", vector), row -> near.put(hit(row), row.real("score")));
        }
        Map<Hit, Double> nearest = new LinkedHashMap<>();
        near.entrySet().stream()
                .filter(entry -> within(entry.getKey(), audience))
                .sorted(Map.Entry.<Hit, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().id))
                .limit(MOST)
                .forEach(entry -> nearest.put(entry.getKey(), entry.getValue()));
        return nearest;
    }

    private boolean within(Hit hit, Audience audience) {
        return question.reaches(hit.at) && audience.heard(hit.conversation, hit.period);
    }

    private static Hit hit(Row row) {
        return new Hit(
                row.requireText("id"),
                row.requireText("conversation"),
                row.number("period"),
                row.number("number"),
                Objects.requireNonNull(row.time("at")));
    }
}
