package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.text.QuestionWords;

/**
 * Finds passages by words (BM25) and by meaning (nearest vectors), only within an audience. A small audience is part of
 * the query. For a large one, the indexes return the best hits of everything, page by page, and the audience of each hit
 * is looked up until there are enough.
 */
final class Search {
    private static final int MOST = 80;

    /** Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). */
    private static final double RRF = 60;

    /** Up to this many membership spans are searched one by one. */
    private static final int ONE_BY_ONE = 16;

    /** Up to this many messages, all vectors of an audience are compared, which is exact. */
    private static final long MOST_COMPARED = 1_000;

    /** The maximum number of scopes in a query. Lucene allows 1,024 clauses; the rest is for the words. */
    private static final int MOST_SCOPES = 900;

    /** Up to this many queries by scope are faster than reading pages with few hits of the audience. */
    private static final int FEW_QUERIES = 3;

    /**
     * The sizes of pages.
     *
     * @param first the number of hits on the first page
     * @param least the minimum number of hits to read, unless fewer contain enough of the audience
     * @param most the maximum number of hits on all pages; 0 for no pages
     */
    record Paging(int first, int least, int most) {
        /** The end of the next page, given how many of the hits so far are the audience's. */
        int next(int read, int heard) {
            if (read == 0) {
                return Math.min(first, most);
            }
            // A third more than expected, because the audience's hits are not distributed evenly.
            double expected = heard == 0 ? most : 1.3 * read * MOST / heard;
            return (int) Math.min(most, Math.max(Math.max(least, 2.0 * read), expected));
        }

        /** Whether to continue: enough hits must be likely. */
        boolean pays(int read, int heard) {
            return read < Math.min(least, most) || read < most && (double) heard * most >= (double) MOST * read;
        }
    }

    private static final Paging WORDS = new Paging(200, 1_000, 16_000);

    /** With fewer hits, nearer ones would be missed: the index searches more thoroughly when more are requested. */
    private static final Paging MEANING = new Paging(800, 800, 3_200);

    private static final String BY_WORDS = """
            CALL db.index.fulltext.queryNodes($index, $query, {limit: $n}) YIELD node, score
            RETURN node.id AS id, node.conversation AS conversation, node.period AS period, node.number AS number,
                   node.at AS at, score
            ORDER BY score DESC, id""";

    private static final String RETURNED = """

            RETURN p.id AS id, p.conversation AS conversation, p.period AS period, p.number AS number, p.at AS at,
                   score""";

    private static final String FOUND = " SCORE AS score" + RETURNED;

    private static final String BY_MEANING =
            "CYPHER 25 MATCH (p:Passage) SEARCH p IN (VECTOR INDEX " + Schema.PASSAGE_VECTOR + " FOR $vector ";

    private static final String WITHIN_STAY = BY_MEANING
            + "WHERE p.conversation = $conversation AND p.period >= $from AND p.period <= $to LIMIT " + MOST + ")"
            + FOUND;

    private static final String ANYWHERE = BY_MEANING + "LIMIT $n)" + FOUND;

    private static final String COMPARED = """
            UNWIND $stays AS stay
            MATCH (p:Passage)
            WHERE p.conversation = stay.conversation AND p.number >= 0 AND p.period >= stay.from AND p.period <= stay.to
              AND p.vector IS NOT NULL
            WITH p, vector.similarity.cosine(p.vector, $vector) AS score""" + RETURNED;

    private final Graph graph;
    private final RecallQuery question;
    private final Paging paging;
    private final Paging meaning;

    Search(Graph graph, RecallQuery question) {
        this(graph, question, WORDS, MEANING);
    }

    Search(Graph graph, RecallQuery question, Paging words, Paging meaning) {
        this.graph = graph;
        this.question = question;
        this.paging = words;
        this.meaning = meaning;
    }

    /** A found passage. */
    record Hit(String id, String conversation, long period, long number, Instant at) {}

    /** The passages found in either way, the best first by reciprocal rank fusion. */
    List<Hit> find(List<Double> vector, Audience audience) {
        Map<Hit, Double> fused = new HashMap<>();
        fuse(byWords(audience).keySet(), fused);
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

    /** The best passages by words, each with its BM25 score. */
    Map<Hit, Double> byWords(Audience audience) {
        // Only words in lower case are passed to Lucene, so that nothing in a question is an operator.
        String words = QuestionWords.without(question.text()).stream()
                .map(word -> "text:" + word.replace('\'', ' ').split(" ")[0])
                .distinct()
                .collect(Collectors.joining(" "));
        if (words.isEmpty()) {
            return Map.of();
        }
        long scopes = audience.isListed()
                ? audience.stays().stream().mapToLong(MembershipSpan::periods).sum()
                : Long.MAX_VALUE;
        return best(scopes <= FEW_QUERIES * MOST_SCOPES ? byScope(words, audience) : byPages(words, audience));
    }

    /**
     * The audience's hits among the best of everything. If the pages contain too few of them, the scopes are searched. Both
     * ways find the same passages, because a score does not depend on the scope.
     */
    private Map<Hit, Double> byPages(String words, Audience audience) {
        AtomicBoolean complete = new AtomicBoolean();
        Map<Hit, Double> heard = ofEverything(
                paging,
                n -> {
                    Map<Hit, Double> page = words(words, n);
                    complete.set(page.size() < n);
                    return page;
                },
                complete::get,
                audience);
        return complete.get() || heard.size() >= MOST ? heard : byScope(words, audience);
    }

    /** Searches the scopes, in several queries if necessary. */
    private Map<Hit, Double> byScope(String words, Audience audience) {
        List<String> scopes = audience.stays().stream()
                .flatMap(stay -> LongStream.rangeClosed(stay.from(), stay.to())
                        .mapToObj(period -> Keys.scope(stay.conversation(), period)))
                .toList();
        Map<Hit, Double> found = new HashMap<>();
        for (int from = 0; from < scopes.size(); from += MOST_SCOPES) {
            List<String> part = scopes.subList(from, Math.min(from + MOST_SCOPES, scopes.size()));
            found.putAll(heardOf("+scope:(" + String.join(" ", part) + ")^0 +(" + words + ")", audience));
            found = best(found);
        }
        return found;
    }

    /** If the memory ends early, the best hits may be later than its end, so more are read. */
    private Map<Hit, Double> heardOf(String query, Audience audience) {
        for (int n = MOST; ; n *= 8) {
            Map<Hit, Double> page = words(query, n);
            boolean complete = page.size() < n;
            keepHeard(page, audience);
            if (complete || page.size() >= MOST) {
                return page;
            }
        }
    }

    private Map<Hit, Double> words(String query, int n) {
        return read(BY_WORDS, Map.of("index", Schema.PASSAGE_TEXT, "query", query, "n", n));
    }

    private Map<Hit, Double> read(String cypher, Map<String, ?> parameters) {
        Map<Hit, Double> found = new HashMap<>();
        graph.read(cypher, parameters, row -> found.put(hit(row), row.real("score")));
        return found;
    }

    private void keepHeard(Map<Hit, Double> found, Audience audience) {
        audience.lookUp(found.keySet().stream().map(Hit::conversation).toList());
        found.keySet().removeIf(hit -> !question.reaches(hit.at) || !audience.heard(hit.conversation, hit.period));
    }

    /** The best hits, the best first. */
    private static Map<Hit, Double> best(Map<Hit, Double> found) {
        Map<Hit, Double> best = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Map.Entry.<Hit, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().id))
                .limit(MOST)
                .forEach(entry -> best.put(entry.getKey(), entry.getValue()));
        return best;
    }

    /** The nearest passages by meaning, each with (1 + cosine) / 2. */
    Map<Hit, Double> byMeaning(List<Double> vector, Audience audience) {
        Map<Hit, Double> near;
        if (audience.isListed() && audience.stays().size() <= ONE_BY_ONE) {
            near = inLargest(vector, audience.stays());
        } else if (audience.isListed() && audience.messages() <= MOST_COMPARED) {
            near = compared(vector, audience.stays());
        } else {
            // A vector index may return fewer hits than requested, even if it contains more.
            near = ofEverything(meaning, n -> read(ANYWHERE, Map.of("vector", vector, "n", n)), () -> false, audience);
            if (near.size() < MOST) {
                near.putAll(inLargest(vector, audience.stays()));
            }
        }
        keepHeard(near, audience);
        return best(near);
    }

    private Map<Hit, Double> inLargest(List<Double> vector, List<MembershipSpan> stays) {
        Map<Hit, Double> near = new HashMap<>();
        for (MembershipSpan stay : stays.subList(0, Math.min(ONE_BY_ONE, stays.size()))) {
            near.putAll(read(
                    WITHIN_STAY,
                    Map.of(
                            "vector", vector,
                            "conversation", stay.conversation(),
                            "from", stay.from(),
                            "to", stay.to())));
        }
        return near;
    }

    private Map<Hit, Double> compared(List<Double> vector, List<MembershipSpan> stays) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (MembershipSpan stay : stays) {
            rows.add(Map.of("conversation", stay.conversation(), "from", stay.from(), "to", stay.to()));
        }
        return read(COMPARED, Map.of("vector", vector, "stays", rows));
    }

    /**
     * The audience's hits among the best of everything; as many are read as probably contain enough. Each page begins at
     * the first hit again, because the order of hits with the same score is undefined.
     */
    private Map<Hit, Double> ofEverything(
            Paging pages, IntFunction<Map<Hit, Double>> best, BooleanSupplier complete, Audience audience) {
        Map<Hit, Double> heard = new HashMap<>();
        int read = 0;
        while (!complete.getAsBoolean() && heard.size() < MOST && pages.pays(read, heard.size())) {
            read = pages.next(read, heard.size());
            heard = best.apply(read);
            keepHeard(heard, audience);
        }
        return heard;
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
