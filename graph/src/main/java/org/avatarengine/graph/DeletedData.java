package org.avatarengine.graph;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that data was deleted or overwritten whose traces are still in the files of the store. A {@link Compaction}
 * removes them.
 */
public final class DeletedData {
    private DeletedData() {}

    /** Records a deletion. Code that deletes what somebody wrote calls it in its transaction. */
    public static void mark(GraphTransaction transaction) {
        transaction.run(
                "MERGE (d:AvatarSystem {id: 'data'}) SET d.deletedAt = coalesce(d.deletedAt, $now)",
                Map.of("now", Instant.now()));
    }

    /** When data was deleted first since the last compaction; null if nothing was. */
    public static @Nullable Instant since(Graph graph) {
        return graph.read("MATCH (d:AvatarSystem {id: 'data'}) RETURN d.deletedAt AS at", Map.of()).stream()
                .findFirst()
                .map(row -> row.time("at"))
                .orElse(null);
    }

    /** Records that the traces are gone. */
    static void clear(Graph graph) {
        graph.write(transaction -> transaction.run("MATCH (d:AvatarSystem {id: 'data'}) REMOVE d.deletedAt", Map.of()));
    }
}
