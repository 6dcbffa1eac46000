package org.avatarengine.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.jspecify.annotations.Nullable;

/** Lists the people of a graph and finds them by user input. */
public final class People {
    /** The id of the person whose data this is. */
    public static final String OWNER = "owner";

    private static final int SHOWN_CANDIDATES = 6;

    private static final String LIST = """
            MATCH (p:Person)
            RETURN p.id AS id, p.name AS name, p.owner AS owner, p.nickname AS nickname,
                   p.organization AS organization,
                   COLLECT { MATCH (p)-[:HAS_HANDLE]->(h:Handle) RETURN h.id ORDER BY h.kind DESC, h.id } AS handles,
                   COUNT { MATCH (p)-[:MEMBER_OF]->(c:Conversation) RETURN DISTINCT c } AS conversations""";

    private static final Comparator<Person> MOST_MESSAGES = Comparator.comparingLong(Person::sent)
            .reversed()
            .thenComparing(person -> !person.named())
            .thenComparing(Person::name);

    private static final String CALLED = """
            MATCH (p:Person) WHERE p.id IN $ids
            RETURN p.id AS id, p.name AS name, p.owner AS owner,
                   COLLECT { MATCH (p)-[:HAS_HANDLE]->(h:Handle) RETURN h.id ORDER BY h.kind DESC, h.id } AS handles""";

    /** Only nicknames added by the user, because nicknames found by analysis may not be unique. */
    private static final String NICKNAMED = """
            MATCH (p:Person)-[:HAS_NICKNAME]->(n:Nickname {method: 'by hand'}) WHERE toLower(n.name) = $name
            RETURN p.id AS id""";

    /** Senders that only have short codes or service names as addresses. */
    private static final String AUTOMATED = """
            MATCH (p:Person)-[:HAS_HANDLE]->(h:Handle)
            WITH p, collect(h.kind) AS kinds WHERE all(kind IN kinds WHERE kind = 'SHORT_CODE')
            RETURN p.id AS id""";

    /** Of somebody who was added a moment ago. */
    private static final SentCounts.Sent NOTHING = new SentCounts.Sent(0, null, null);

    private final Graph graph;

    public People(Graph graph) {
        this.graph = graph;
    }

    /** All people, those with the most messages first. */
    public List<Person> all() {
        Map<String, SentCounts.Sent> sent = new SentCounts(graph).all();
        return graph.read(LIST, Map.of()).stream()
                .map(row -> person(row, sent.getOrDefault(row.requireText("id"), NOTHING)))
                .sorted(MOST_MESSAGES)
                .toList();
    }

    /** All phone numbers, e-mail addresses and account names. */
    public Set<String> handles() {
        Set<String> handles = new LinkedHashSet<>();
        graph.read("MATCH (h:Handle) RETURN h.id AS id", Map.of(), row -> handles.add(row.requireText("id")));
        return handles;
    }

    /** The ids of senders that are services instead of people: all their addresses are short codes or service names. */
    public Set<String> automated() {
        Set<String> automated = new HashSet<>();
        graph.read(AUTOMATED, Map.of(), row -> automated.add(row.requireText("id")));
        return automated;
    }

    private static Person person(Row row, SentCounts.Sent sent) {
        return new Person(
                row.requireText("id"),
                shown(row),
                row.text("name") != null,
                row.isTrue("owner"),
                row.texts("handles"),
                row.text("nickname"),
                row.text("organization"),
                sent.messages(),
                row.number("conversations"),
                sent.first(),
                sent.last());
    }

    private static String shown(Row row) {
        String name = row.text("name");
        List<String> handles = row.texts("handles");
        return name != null ? name : row.isTrue("owner") ? "Me" : handles.isEmpty() ? "(no name)" : handles.getFirst();
    }

    /** The names of people by id, as in {@link Person#name}. Unknown ids are left out. */
    public Map<String, String> called(Collection<String> ids) {
        Map<String, String> called = new HashMap<>();
        graph.read(CALLED, Map.of("ids", List.copyOf(ids)), row -> called.put(row.requireText("id"), shown(row)));
        return called;
    }

    /**
     * Finds a person by a name, part of a name, nickname, address, id, or "me".
     *
     * @throws GraphException when nobody or more than one person matches
     */
    public Person find(String wanted) {
        List<Person> everyone = all();
        String lower = wanted.strip().toLowerCase(Locale.ROOT);
        Set<String> nicknamed = new HashSet<>();
        graph.read(NICKNAMED, Map.of("name", lower), row -> nicknamed.add(row.requireText("id")));
        List<Person> exact = everyone.stream()
                .filter(p -> p.id().equals(wanted)
                        || p.name().toLowerCase(Locale.ROOT).equals(lower)
                        || equal(p.nickname(), lower)
                        || nicknamed.contains(p.id())
                        || p.handles().contains(wanted.strip())
                        || (p.owner() && lower.equals("me")))
                .toList();
        if (exact.size() == 1) {
            return exact.getFirst();
        }
        List<Person> near = exact.size() > 1
                ? exact
                : everyone.stream()
                        .filter(p -> p.name().toLowerCase(Locale.ROOT).contains(lower)
                                || p.handles().stream().anyMatch(h -> h.contains(lower)))
                        .toList();
        if (near.size() == 1) {
            return near.getFirst();
        }
        if (near.isEmpty()) {
            throw new GraphException(
                    "Nobody is called \"" + wanted + "\". Run `avatar people` to see all people.", null);
        }
        String candidates = near.stream()
                .limit(SHOWN_CANDIDATES)
                .map(p -> p.name() + " (" + p.id() + ")")
                .collect(Collectors.joining(", "));
        throw new GraphException(
                "\"" + wanted + "\" could be " + near.size() + " people: " + candidates
                        + (near.size() > SHOWN_CANDIDATES ? ", …" : "") + ". Enter more of the name, or the id.",
                null);
    }

    private static boolean equal(@Nullable String text, String lower) {
        return text != null && text.toLowerCase(Locale.ROOT).equals(lower);
    }

    /** All names of people, in no particular order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        graph.read(
                "MATCH (p:Person) UNWIND [p.name, p.givenName, p.familyName, p.nickname] AS name"
                        + " WITH DISTINCT name WHERE name IS NOT NULL RETURN name",
                Map.of(),
                row -> names.add(row.requireText("name")));
        return names;
    }
}
