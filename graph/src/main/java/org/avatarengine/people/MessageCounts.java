package org.avatarengine.people;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.vocabulary.Labels;
import org.jspecify.annotations.Nullable;

/**
 * How many messages there are, by service, year and conversation. Counting takes seconds in a large graph, so the result
 * is kept in the graph, on the node {@code (:AvatarSystem {id: 'counts'})}, until the data changes.
 *
 * @param byYear in order; messages without a time are left out
 * @param largest the ten conversations with the most messages, by id
 * @param first when the first message was sent; null if there is none
 */
public record MessageCounts(
        Map<String, Long> byService,
        Map<String, Long> byYear,
        Map<String, Long> largest,
        @Nullable Instant first,
        @Nullable Instant last) {
    private static final System.Logger LOG = System.getLogger(MessageCounts.class.getName());

    private static final String NODE = "counts";

    private static final String MESSAGES = """
            MATCH (m:Message)
            RETURN m.service AS service, toString(m.sentAt.year) AS year, count(m) AS n,
                   min(m.sentAt) AS first, max(m.sentAt) AS last""";

    private static final String LARGEST = """
            MATCH (c:Conversation)
            WITH c, COUNT { (:Message)-[:SENT_TO]->(c) } AS n ORDER BY n DESC LIMIT 10
            WHERE n > 0
            RETURN c.id AS id, n""";

    /** The counts of a graph. */
    public static MessageCounts of(Graph graph) {
        long version = DataVersion.of(graph);
        Row kept = graph.node(Labels.AVATAR_SYSTEM, NODE);
        if (kept != null && version > 0 && kept.number("version") == version) {
            return new MessageCounts(
                    counts(kept, "service"),
                    counts(kept, "year"),
                    counts(kept, "conversation"),
                    kept.time("first"),
                    kept.time("last"));
        }
        MessageCounts counted = count(graph);
        counted.keep(graph, version);
        return counted;
    }

    private static MessageCounts count(Graph graph) {
        Map<String, Long> services = new TreeMap<>();
        Map<String, Long> years = new TreeMap<>();
        List<Instant> times = new ArrayList<>();
        graph.read(MESSAGES, Map.of(), row -> {
            services.merge(String.valueOf(row.text("service")), row.number("n"), Long::sum);
            String year = row.text("year");
            Instant first = row.time("first");
            Instant last = row.time("last");
            if (year != null && first != null && last != null) {
                years.merge(year, row.number("n"), Long::sum);
                times.add(first);
                times.add(last);
            }
        });
        Map<String, Long> largest = new LinkedHashMap<>();
        graph.read(LARGEST, Map.of(), row -> largest.put(row.requireText("id"), row.number("n")));
        return new MessageCounts(
                services,
                years,
                largest,
                times.stream().min(Instant::compareTo).orElse(null),
                times.stream().max(Instant::compareTo).orElse(null));
    }

    private static Map<String, Long> counts(Row kept, String of) {
        List<String> names = kept.texts(of + "Names");
        List<Long> numbers = kept.numbers(of + "Counts");
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            counts.put(names.get(i), numbers.get(i));
        }
        return counts;
    }

    private void keep(Graph graph, long version) {
        Map<String, Object> node = new HashMap<>(Map.of("id", NODE, "version", version));
        Map.of("service", byService, "year", byYear, "conversation", largest).forEach((of, counts) -> {
            node.put(of + "Names", List.copyOf(counts.keySet()));
            node.put(of + "Counts", List.copyOf(counts.values()));
        });
        if (first != null && last != null) {
            node.put("first", first);
            node.put("last", last);
        }
        try {
            graph.write(transaction ->
                    transaction.run("MERGE (k:AvatarSystem {id: $node.id}) SET k = $node", Map.of("node", node)));
        } catch (GraphException e) {
            // The counts are right all the same; on a full or read-only disk they are counted each time.
            LOG.log(Level.DEBUG, "Counts of messages could not be kept: {0}", e.getMessage());
        }
    }
}
