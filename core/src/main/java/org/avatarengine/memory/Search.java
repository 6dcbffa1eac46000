package org.avatarengine.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.text.QuestionWords;

/** Finds passages by words (BM25) and by meaning (nearest vectors), within the stays that are given and nowhere else. */
final class Search {
    private static final int MOST = 80;

    /** Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). */
    private static final double RRF = 60;

    /** So many stays are searched one by one; the rest together, among everything. */
    private static final int ONE_BY_ONE = 16;

    private static final int AMONG_EVERYTHING = 800;

    private static final String BY_WORDS = """
            CALL db.index.fulltext.queryNodes($index, $query, {limit: $n}) YIELD node, score
            RETURN node.id AS id, node.conversation AS conversation, node.period AS period, node.number AS number, score
            ORDER BY score DESC, id""";

    private static final String BY_MEANING = """
            CYPHER 25
            MATCH (p:Passage)
              SEARCH p IN (VECTOR INDEX %s FOR $vector %s LIMIT %d)
              SCORE AS score
            RETURN p.id AS id, p.conversation AS conversation, p.period AS period, p.number AS number, score""";

    private static final String WITHIN_STAY = BY_MEANING.formatted(
            Schema.PASSAGE_VECTOR,
            "WHERE p.conversation = $conversation AND p.period >= $from AND p.period <= $to",
            MOST);

    private static final String ANYWHERE = BY_MEANING.formatted(Schema.PASSAGE_VECTOR, "", AMONG_EVERYTHING);

    private final Graph graph;

    Search(Graph graph) {
        this.graph = graph;
    }

    /** A passage that was found. */
    record Hit(String id, String conversation, long period, long number) {}

    /** The passages found in either way, the best first by their ranks in both. */
    List<Hit> find(String text, List<Double> vector, List<Stay> stays) {
        Map<Hit, Double> fused = new HashMap<>();
        fuse(byWords(text, stays), fused);
        fuse(byMeaning(vector, stays), fused);
        return fused.entrySet().stream()
                .sorted(Map.Entry.<Hit, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().id))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void fuse(List<Hit> ranked, Map<Hit, Double> fused) {
        for (int i = 0; i < ranked.size(); i++) {
            fused.merge(ranked.get(i), 1 / (RRF + i + 1), Double::sum);
        }
    }

    private List<Hit> byWords(String text, List<Stay> stays) {
        // Only words reach Lucene, in lower case, so that nothing in a question is taken for an operator.
        String words = QuestionWords.without(text).stream()
                .map(word -> "text:" + word.replace('\'', ' ').split(" ")[0])
                .distinct()
                .collect(Collectors.joining(" "));
        if (words.isEmpty()) {
            return List.of();
        }
        String scopes = stays.stream()
                .flatMap(stay -> LongStream.rangeClosed(stay.from(), stay.to())
                        .mapToObj(period -> Keys.scope(stay.conversation(), period)))
                .collect(Collectors.joining(" ", "+scope:(", ")^0 "));
        return graph
                .read(BY_WORDS, Map.of("index", Schema.PASSAGE_TEXT, "query", scopes + "+(" + words + ")", "n", MOST))
                .stream()
                .map(Search::hit)
                .filter(hit -> within(hit, stays))
                .toList();
    }

    private List<Hit> byMeaning(List<Double> vector, List<Stay> stays) {
        Map<Hit, Double> near = new LinkedHashMap<>();
        for (Stay stay : stays.subList(0, Math.min(ONE_BY_ONE, stays.size()))) {
            graph.read(
                    WITHIN_STAY,
                    Map.of("vector", vector, "conversation", stay.conversation(), "from", stay.from(), "to", stay.to()),
                    row -> near.put(hit(row), row.real("score")));
        }
        if (stays.size() > ONE_BY_ONE) {
            graph.read(ANYWHERE, Map.of("vector", vector), row -> near.put(hit(row), row.real("score")));
        }
        List<Hit> hits = new ArrayList<>(near.keySet());
        hits.removeIf(hit -> !within(hit, stays));
        hits.sort(Comparator.<Hit>comparingDouble(near::get).reversed().thenComparing(Hit::id));
        return hits.subList(0, Math.min(MOST, hits.size()));
    }

    private static boolean within(Hit hit, List<Stay> stays) {
        return stays.stream().anyMatch(stay -> stay.covers(hit.conversation, hit.period));
    }

    private static Hit hit(Row row) {
        return new Hit(
                row.requireText("id"), row.requireText("conversation"), row.number("period"), row.number("number"));
    }
}
