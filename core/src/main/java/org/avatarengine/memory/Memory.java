package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.people.Person;
import org.avatarengine.text.SentenceEncoder;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;

/**
 * Finds exchanges by words (BM25) and by meaning (nearest vectors), fused by their ranks (reciprocal rank fusion: Cormack,
 * Clarke and Büttcher, SIGIR 2009). Only conversations that both the avatar's person and its partner are in are searched,
 * so nothing said elsewhere can be found.
 */
public final class Memory {
    private static final int CANDIDATES = 80;
    private static final double RRF = 60;

    /** How many passages before and after the one found belong to an exchange, within the session. */
    private static final int AROUND = 1;

    private static final String SHARED = """
            MATCH (:Person {id: $person})-[:MEMBER_OF]->(c:Conversation)
            WHERE EXISTS { (c)<-[:MEMBER_OF]-(:Person {id: $partner}) }
            RETURN DISTINCT c.id AS id""";

    private static final String BY_WORDS = """
            CALL db.index.fulltext.queryNodes($index, $query, {limit: $n}) YIELD node, score
            RETURN node.id AS id, node.conversation AS conversation, node.number AS number, score
            ORDER BY score DESC, id""";

    private static final String BY_MEANING = """
            CYPHER 25
            MATCH (p:Passage)
              SEARCH p IN (VECTOR INDEX %s FOR $vector WHERE p.conversation = $conversation LIMIT %d)
              SCORE AS score
            RETURN p.id AS id, p.conversation AS conversation, p.number AS number, score""".formatted(Schema.PASSAGE_VECTOR, CANDIDATES);

    private static final String NEAR = """
            MATCH (hit:Passage {id: $id})
            MATCH (p:Passage {conversation: $conversation})
            WHERE p.number >= $from AND p.number <= $to AND p.session = hit.session
            UNWIND p.messageIds AS message
            MATCH (m:Message {id: message})<-[:SENT]-(s:Person)
            WHERE m.deletedAt IS NULL AND m.sentAt IS NOT NULL
            RETURN p.id AS passage, p.number AS number, m.id AS id, s.id AS sender, s.name AS name, s.owner AS owner, m.sentAt AS at,
                   coalesce(m.text, '') AS text
            ORDER BY number, at, id""";

    private final Graph graph;
    private final SentenceEncoder encoder;

    public Memory(Graph graph, SentenceEncoder encoder) {
        this.graph = graph;
        this.encoder = encoder;
    }

    private record Hit(String id, String conversation, long number) {}

    /**
     * Finds what answers a question.
     *
     * @param person whose memory it is, by id
     * @param partner who asks, by id: only what they were there for is found
     * @param most how many exchanges at most
     * @return the best first; none holds a message of another
     */
    public List<Exchange> recall(String question, String person, String partner, int most) {
        Set<String> shared = new LinkedHashSet<>();
        graph.read(SHARED, Map.of("person", person, "partner", partner), row -> shared.add(row.requireText("id")));
        if (shared.isEmpty()) {
            return List.of();
        }
        Map<Hit, Double> fused = new HashMap<>();
        fuse(byWords(question, shared), fused);
        fuse(byMeaning(question, shared), fused);
        List<Map.Entry<Hit, Double>> ranked = fused.entrySet().stream()
                .sorted(Map.Entry.<Hit, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().id))
                .toList();
        List<Exchange> exchanges = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Map.Entry<Hit, Double> hit : ranked) {
            if (exchanges.size() == most) {
                break;
            }
            if (!told.contains(hit.getKey().id)) {
                Exchange exchange = exchange(hit.getKey(), hit.getValue(), told);
                if (!exchange.lines().isEmpty()) {
                    exchanges.add(exchange);
                }
            }
        }
        return exchanges;
    }

    private static void fuse(List<Hit> ranked, Map<Hit, Double> fused) {
        for (int i = 0; i < ranked.size(); i++) {
            fused.merge(ranked.get(i), 1 / (RRF + i + 1), Double::sum);
        }
    }

    private List<Hit> byWords(String question, Set<String> shared) {
        // Only words reach Lucene, in lower case, so that nothing in a question is taken for an operator.
        String words = Tokenizer.tokens(question).stream()
                .filter(token -> token.isWord() || token.kind() == Token.Kind.NUMBER)
                .map(token -> "text:" + token.text().replace('\'', ' ').split(" ")[0])
                .collect(Collectors.joining(" "));
        if (words.isEmpty()) {
            return List.of();
        }
        String scopes = shared.stream().map(Keys::scope).collect(Collectors.joining(" ", "+scope:(", ")^0 "));
        return graph
                .read(
                        BY_WORDS,
                        Map.of("index", Schema.PASSAGE_TEXT, "query", scopes + "+(" + words + ")", "n", CANDIDATES))
                .stream()
                .map(Memory::hit)
                .filter(hit -> shared.contains(hit.conversation))
                .toList();
    }

    private List<Hit> byMeaning(String question, Set<String> shared) {
        List<Double> vector = Keys.list(encoder.encode(List.of(question)).getFirst());
        record Near(Hit hit, double score) {}
        List<Near> near = new ArrayList<>();
        for (String conversation : shared) {
            graph.read(
                    BY_MEANING,
                    Map.of("vector", vector, "conversation", conversation),
                    row -> near.add(new Near(hit(row), row.real("score"))));
        }
        return near.stream()
                .sorted(Comparator.comparingDouble(Near::score).reversed())
                .limit(CANDIDATES)
                .map(Near::hit)
                .toList();
    }

    private static Hit hit(Row row) {
        return new Hit(row.requireText("id"), row.requireText("conversation"), row.number("number"));
    }

    private Exchange exchange(Hit hit, double score, Set<String> told) {
        List<Exchange.Line> lines = new ArrayList<>();
        List<String> found = new ArrayList<>();
        Set<String> passages = new HashSet<>();
        graph.read(
                NEAR,
                Map.of(
                        "id",
                        hit.id,
                        "conversation",
                        hit.conversation,
                        "from",
                        hit.number - AROUND,
                        "to",
                        hit.number + AROUND),
                row -> {
                    String passage = row.requireText("passage");
                    Instant at = row.time("at");
                    if (at != null && !told.contains(passage)) {
                        passages.add(passage);
                        lines.add(new Exchange.Line(
                                row.requireText("id"),
                                row.requireText("sender"),
                                Person.called(row.text("name"), row.isTrue("owner")),
                                at,
                                row.requireText("text")));
                        if (passage.equals(hit.id)) {
                            found.add(row.requireText("id"));
                        }
                    }
                });
        told.addAll(passages);
        return new Exchange(hit.conversation, List.copyOf(found), score, List.copyOf(lines));
    }
}
