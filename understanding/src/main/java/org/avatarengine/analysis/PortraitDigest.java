package org.avatarengine.analysis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avatarengine.graph.Graph;
import org.avatarengine.source.Digest;

/**
 * Detects by a digest whether the conversations of a person have changed since their portrait was created. The digest
 * consists of sums over each conversation, which each added, edited or deleted message changes; of its members; of the
 * number of messages that the person sent, which a merge changes; and of names and contact cards.
 */
final class PortraitDigest {
    private static final int BYTES = 16;

    /** The last sum combines lengths with times, so that two messages with swapped texts are noticed. */
    private static final String CONVERSATIONS = """
            MATCH (p:Person)-[:MEMBER_OF]->(c:Conversation) WHERE p.id IN $ids AND NOT c:Recording
            WITH DISTINCT c
            OPTIONAL MATCH (c)<-[:SENT_TO]-(m:Message)
            WITH c, [count(m), sum(size(coalesce(m.own, m.text))), sum(m.sentAt.epochSeconds), count(m.editedAt),
                     sum(m.editedAt.epochSeconds), count(m.deletedAt), sum(m.deletedAt.epochSeconds),
                     sum(size(coalesce(m.own, m.text)) * (m.sentAt.epochSeconds % 1000003))] AS sums
            RETURN c.id AS id, c.group AS group, sums,
                   COLLECT { MATCH (c)<-[:MEMBER_OF]-(x:Person) RETURN DISTINCT x.id AS member ORDER BY member } AS members""";

    private static final String MEMBERS = """
            MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation) WHERE NOT c:Recording
            WITH DISTINCT c
            RETURN c.id AS id, coalesce(c.group, false) AS group,
                   COLLECT { MATCH (c)<-[:MEMBER_OF]-(x:Person) RETURN DISTINCT x.id AS member ORDER BY member } AS members
            ORDER BY id""";

    private static final String SENT = """
            MATCH (p:Person) WHERE p.id IN $ids
            RETURN p.id AS id, [COUNT { (p)-[:SENT]->(m:Message) WHERE NOT m:Utterance },
                                COUNT { (p)-[:SENT]->(x:Reaction) WHERE NOT x.removed }] AS sent""";

    /** The names and cards that relationships and nicknames use. */
    private static final String CARDS = """
            MATCH (p:Person)
            RETURN p.id AS id, [coalesce(p.name, '')] + coalesce(p.relatedNames, []) + coalesce(p.relatedRoles, [])
                   AS card, COUNT { (p)-[:HAS_HANDLE]->() } AS handles""";

    private final Graph graph;

    PortraitDigest(Graph graph) {
        this.graph = graph;
    }

    private Map<String, String> cards() {
        Map<String, String> cards = new HashMap<>();
        graph.read(
                CARDS,
                Map.of(),
                row -> cards.put(row.requireText("id"), digest(row.texts("card") + "|" + row.number("handles"))));
        return cards;
    }

    /**
     * Detects likewise whether members, names or contact cards have changed, without reading messages.
     *
     * @param cards of {@link #cards}
     */
    private String outline(String person, Map<String, String> cards) {
        StringBuilder text = new StringBuilder(PortraitWriter.METHOD).append(cards.get(person));
        graph.read(MEMBERS, Map.of("id", person), row -> {
            text.append('|').append(row.requireText("id")).append(row.isTrue("group"));
            row.texts("members")
                    .forEach(member -> text.append(member).append('|').append(cards.get(member)));
        });
        return digest(text.toString());
    }

    /** The outlines of people by their ids. */
    Map<String, String> outlines(Collection<String> people) {
        Map<String, String> cards = cards();
        Map<String, String> outlines = new HashMap<>();
        people.forEach(person -> outlines.put(person, outline(person, cards)));
        return outlines;
    }

    /** The digests of people by their ids. */
    Map<String, String> of(Collection<String> people) {
        if (people.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> wanted = Map.of("ids", List.copyOf(people));
        Map<String, String> cards = cards();
        Map<String, TreeMap<String, String>> conversations = new HashMap<>();
        graph.read(CONVERSATIONS, wanted, row -> {
            String id = row.requireText("id");
            List<String> members = row.texts("members");
            StringBuilder text = new StringBuilder().append(row.isTrue("group")).append(row.numbers("sums"));
            members.forEach(member -> text.append(member).append('|').append(cards.get(member)));
            String digest = digest(text.toString());
            members.forEach(member ->
                    conversations.computeIfAbsent(member, m -> new TreeMap<>()).put(id, digest));
        });
        Map<String, String> digests = new HashMap<>();
        graph.read(SENT, wanted, row -> {
            String id = row.requireText("id");
            digests.put(
                    id,
                    digest(PortraitWriter.METHOD
                            + cards.get(id)
                            + row.numbers("sent")
                            + conversations.getOrDefault(id, new TreeMap<>())));
        });
        return digests;
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }
}
