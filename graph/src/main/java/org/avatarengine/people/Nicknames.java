package org.avatarengine.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.jspecify.annotations.Nullable;

/**
 * The stored nicknames: found by analysis, taken from contact cards, or added by hand. A new analysis keeps nicknames
 * added by hand and does not restore nicknames removed by hand.
 */
public final class Nicknames {
    /** The method of nicknames added by hand. */
    public static final String BY_HAND = "by hand";

    private static final String STORED = """
            MATCH (p:Person {id: $id})-[:HAS_NICKNAME]->(n:Nickname)
            OPTIONAL MATCH (n)-[:WITH]->(by:Person)
            RETURN n.name AS name, n.kind AS kind, n.method AS method, n.sampleSize AS count, by.name AS by,
                   n.evidence AS evidence
            ORDER BY method <> 'by hand', count DESC, name""";

    private final Graph graph;

    public Nicknames(Graph graph) {
        this.graph = graph;
    }

    /**
     * A nickname.
     *
     * @param method the method that found it
     * @param by the person who uses it; null when it was added by hand or is on a contact card
     * @param count the number of messages that use it; 0 when it was not found in messages
     */
    public record Stored(
            String name,
            String kind,
            String method,
            @Nullable String by,
            long count,
            List<String> evidence) {}

    /** The nicknames of a person. */
    public List<Stored> of(Person person) {
        List<Stored> all = new ArrayList<>();
        if (person.nickname() != null) {
            all.add(new Stored(person.nickname(), "NAME", "contact card", null, 0, List.of()));
        }
        graph.read(STORED, Map.of("id", person.id()), row -> all.add(stored(row)));
        return all;
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.requireText("name"),
                row.requireText("kind"),
                row.requireText("method"),
                row.text("by"),
                row.number("count"),
                row.texts("evidence"));
    }

    /** Adds a nickname to a person. From then on, the person can be found by it. */
    public void add(Person person, String name) {
        graph.write(transaction -> {
            DataVersion.advanceBesideConversations(transaction);
            transaction.run(
                    "MATCH (p:Person {id: $id}) SET p.notNicknames = [n IN coalesce(p.notNicknames, [])"
                            + " WHERE n <> $lower]",
                    parameters(person, name));
            return transaction.run("""
                    MATCH (p:Person {id: $id})
                    MERGE (n:Nickname {id: $nickname}) SET n.name = $name, n.kind = 'NAME', n.method = $method,
                        n.sampleSize = 0, n.evidence = []
                    MERGE (p)-[:HAS_NICKNAME]->(n)""", parameters(person, name));
        });
    }

    /**
     * Removes a nickname from a person permanently.
     *
     * @throws GraphException when the person has no such nickname
     */
    public void remove(Person person, String name) {
        if (of(person).stream().noneMatch(n -> n.name().equalsIgnoreCase(name))) {
            throw new GraphException(
                    person.name() + " has no nickname \"" + name + "\". Run `avatar people nickname list`"
                            + " to see all nicknames.",
                    null);
        }
        graph.write(transaction -> {
            DataVersion.advanceBesideConversations(transaction);
            transaction.run("""
                    MATCH (p:Person {id: $id})-[:HAS_NICKNAME]->(n:Nickname) WHERE toLower(n.name) = $lower
                    DETACH DELETE n""", parameters(person, name));
            return transaction.run(
                    "MATCH (p:Person {id: $id}) SET p.notNicknames = [n IN coalesce(p.notNicknames, [])"
                            + " WHERE n <> $lower] + $lower",
                    parameters(person, name));
        });
    }

    private static Map<String, Object> parameters(Person person, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Map.of(
                "id",
                person.id(),
                "name",
                name,
                "lower",
                lower,
                "method",
                BY_HAND,
                "nickname",
                person.id() + "|by hand|" + lower);
    }
}
