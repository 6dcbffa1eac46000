package org.avatarengine.graph;

import java.util.Map;
import org.avatarengine.graph.vocabulary.Labels;

/**
 * Counts changes to the data about people: messages, merges, exclusions, analyses. Code that caches something computed
 * from the graph compares the count to see whether the cache is still valid. The count is stored in the graph, so
 * changes by other programs count too. Code that changes such data calls {@link #advance} in its transaction.
 */
public final class DataVersion {
    private DataVersion() {}

    /** The number of changes so far; 0 for a new graph. */
    public static long of(Graph graph) {
        Row counted = graph.node(Labels.AVATAR_SYSTEM, "data");
        return counted == null ? 0 : counted.number("version");
    }

    /** Adds one to the number of changes. */
    public static void advance(GraphTransaction transaction) {
        transaction.run("MERGE (d:AvatarSystem {id: 'data'}) SET d.version = coalesce(d.version, 0) + 1", Map.of());
    }
}
