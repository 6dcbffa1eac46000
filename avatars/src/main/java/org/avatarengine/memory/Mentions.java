package org.avatarengine.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;

/** Finds the people that a question names, by first name or nickname, among the people of an audience's conversations. */
final class Mentions {
    /** Up to this many conversations, all their people are read; with more, people are looked up by the words. */
    private static final int MOST_READ = 512;

    /** The number of a person's conversations that are looked up at once to find one of the audience. */
    private static final int PAGE = 32;

    private static final String RETURNED = """
             RETURN DISTINCT p.id AS id, coalesce(p.name, '') AS name,
                    COLLECT { MATCH (p)-[:HAS_NICKNAME]->(n:Nickname) RETURN n.name } AS nicknames
            """;

    private static final String PEOPLE =
            "UNWIND $conversations AS id MATCH (:Conversation {id: id})<-[:MEMBER_OF]-(p:Person)" + RETURNED;

    private static final String CALLED = "MATCH (p:Person)"
            + " WHERE any(word IN $words WHERE trim(toLower(coalesce(p.name, ''))) STARTS WITH word)" + RETURNED
            + " UNION MATCH (p:Person)-[:HAS_NICKNAME]->(called:Nickname) WHERE toLower(called.name) IN $words"
            + RETURNED;

    /** Begins at the one of the three with the fewest conversations. They are not sorted, because any will do. */
    private static final String MET = """
            MATCH (a:Person {id: $person}), (b:Person {id: $partner})
            UNWIND $people AS id
            MATCH (x:Person {id: id})
            CALL (a, b, x) {
                UNWIND [x, a, b] AS one
                WITH one ORDER BY COUNT { (one)-[:MEMBER_OF]->() } LIMIT 1
                MATCH (one)-[:MEMBER_OF]->(c:Conversation)
                WHERE EXISTS { (x)-[:MEMBER_OF]->(c) } AND EXISTS { (a)-[:MEMBER_OF]->(c) }
                  AND EXISTS { (b)-[:MEMBER_OF]->(c) }
                RETURN c.id AS conversation SKIP $skip LIMIT $n
            }
            RETURN id, conversation""";

    private final Graph graph;
    private final Audience audience;
    private final Set<String> words;

    private Mentions(Graph graph, Audience audience, Set<String> words) {
        this.graph = graph;
        this.audience = audience;
        this.words = words;
    }

    /**
     * Finds the named people.
     *
     * @param words the words in lower case
     * @return the ids of all people with one of the words as a name, with all their names in lower case
     */
    static Map<String, Set<String>> in(Set<String> words, Audience audience, Graph graph) {
        if (words.isEmpty()) {
            return Map.of();
        }
        Mentions mentions = new Mentions(graph, audience, words);
        return audience.isListed() && audience.conversations().size() <= MOST_READ
                ? mentions.called(PEOPLE, Map.of("conversations", List.copyOf(audience.conversations())))
                : mentions.met(mentions.called(CALLED, Map.of("words", List.copyOf(words))));
    }

    private Map<String, Set<String>> called(String cypher, Map<String, ?> parameters) {
        Map<String, Set<String>> named = new LinkedHashMap<>();
        graph.read(cypher, parameters, row -> {
            Set<String> names = names(row);
            if (names.stream().anyMatch(words::contains)) {
                named.put(row.requireText("id"), names);
            }
        });
        return named;
    }

    private static Set<String> names(Row row) {
        Set<String> names = new HashSet<>();
        names.add(row.requireText("name").toLowerCase(Locale.ROOT).strip().split("\\s+")[0]);
        row.texts("nicknames").forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.remove("");
        return names;
    }

    /** The people who are in a conversation of the audience. */
    private Map<String, Set<String>> met(Map<String, Set<String>> people) {
        Set<String> found = new HashSet<>();
        List<String> open = List.copyOf(people.keySet());
        for (int skip = 0; !open.isEmpty(); skip += PAGE) {
            Map<String, List<String>> places = new HashMap<>();
            Map<String, Object> parameters = new HashMap<>(audience.pair());
            parameters.putAll(Map.of("people", open, "skip", skip, "n", PAGE));
            graph.read(
                    MET,
                    parameters,
                    row -> places.computeIfAbsent(row.requireText("id"), id -> new ArrayList<>())
                            .add(row.requireText("conversation")));
            audience.lookUp(places.values().stream().flatMap(List::stream).toList());
            Set<String> shared = audience.conversations();
            places.forEach((id, its) -> {
                if (its.stream().anyMatch(shared::contains)) {
                    found.add(id);
                }
            });
            open = open.stream()
                    .filter(id -> !found.contains(id)
                            && places.getOrDefault(id, List.of()).size() == PAGE)
                    .toList();
        }
        Map<String, Set<String>> met = new LinkedHashMap<>(people);
        met.keySet().retainAll(found);
        return met;
    }
}
