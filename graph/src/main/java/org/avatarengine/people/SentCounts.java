package org.avatarengine.people;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.jspecify.annotations.Nullable;

/**
 * How many messages each person has sent, and when. Counting them takes seconds in a large graph, so the result is kept
 * on the person's node ({@code sentMessages}, {@code firstSentAt}, {@code lastSentAt}) with the version of the data that
 * was counted. Only those are counted again whose conversations have changed since.
 */
final class SentCounts {
    private static final System.Logger LOG = System.getLogger(SentCounts.class.getName());

    private static final String KEPT = """
            MATCH (p:Person)
            RETURN p.id AS id, p.sentMessages AS sent, p.firstSentAt AS first, p.lastSentAt AS last,
                   coalesce(p.countedVersion, -1) AS counted, coalesce(p.dataVersion, 0) AS changed""";

    private static final String COUNT = """
            MATCH (p:Person) WHERE p.id IN $ids
            OPTIONAL MATCH (p)-[:SENT]->(m:Message)
            RETURN p.id AS id, count(m) AS sent, min(m.sentAt) AS first, max(m.sentAt) AS last""";

    private static final String KEEP = """
            UNWIND $counts AS count
            MATCH (p:Person {id: count.id})
            SET p.sentMessages = count.sent, p.firstSentAt = count.first, p.lastSentAt = count.last,
                p.countedVersion = $version""";

    private final Graph graph;

    SentCounts(Graph graph) {
        this.graph = graph;
    }

    /**
     * The messages of one person.
     *
     * @param first when the first was sent; null if that is unknown
     */
    record Sent(
            long messages,
            @Nullable Instant first,
            @Nullable Instant last) {}

    /** The messages of everybody, by id. */
    Map<String, Sent> all() {
        long version = DataVersion.of(graph);
        long changed = DataVersion.ofConversations(graph);
        Map<String, Sent> counts = new HashMap<>();
        List<String> outdated = new ArrayList<>();
        graph.read(KEPT, Map.of(), row -> {
            if (row.number("counted") >= Math.max(changed, row.number("changed"))) {
                counts.put(row.requireText("id"), sent(row));
            } else {
                outdated.add(row.requireText("id"));
            }
        });
        if (!outdated.isEmpty()) {
            Map<String, Sent> counted = new HashMap<>();
            graph.read(COUNT, Map.of("ids", outdated), row -> counted.put(row.requireText("id"), sent(row)));
            counts.putAll(counted);
            keep(counted, version);
        }
        return counts;
    }

    private static Sent sent(Row row) {
        return new Sent(row.number("sent"), row.time("first"), row.time("last"));
    }

    private void keep(Map<String, Sent> counted, long version) {
        List<Map<String, Object>> counts = new ArrayList<>();
        counted.forEach((id, sent) -> {
            Map<String, Object> count = new HashMap<>(Map.of("id", id, "sent", sent.messages()));
            if (sent.first() != null && sent.last() != null) {
                count.put("first", sent.first());
                count.put("last", sent.last());
            }
            counts.add(count);
        });
        try {
            graph.write(transaction -> transaction.run(KEEP, Map.of("counts", counts, "version", version)));
        } catch (GraphException e) {
            // The counts are right all the same; on a full or read-only disk they are counted each time.
            LOG.log(Level.DEBUG, "Counts of messages could not be kept: {0}", e.getMessage());
        }
    }
}
