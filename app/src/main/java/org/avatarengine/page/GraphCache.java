package org.avatarengine.page;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.avatarengine.graph.Graph;
import org.jspecify.annotations.Nullable;

/**
 * Caches values that are slow to compute over all messages until the graph changes. Changes are detected by counts that
 * the graph keeps anyway; code that changes anything else calls {@link #changed}.
 */
final class GraphCache {
    private static final String COUNTS = """
            MATCH (m:Message) WITH count(m) AS messages
            MATCH (p:Person) WITH messages, count(p) AS people
            OPTIONAL MATCH (x:EntityMapping) RETURN messages, people, count(x) AS mappings""";

    /** A value with the version of the graph it was computed from. Its lock prevents computing it twice. */
    private static final class Slot {
        private @Nullable Object version;
        private @Nullable Object value;
    }

    private final Graph graph;
    private final Map<Class<?>, Slot> slots = new ConcurrentHashMap<>();
    private volatile long told;

    GraphCache(Graph graph) {
        this.graph = graph;
    }

    /** Discards all values after a change that the counts may not show. */
    void changed() {
        told++;
    }

    /** The value of a type, computed again if the graph has changed. Computing it may use other cached values. */
    <T> T get(Class<T> type, Supplier<T> compute) {
        Slot slot = slots.computeIfAbsent(type, none -> new Slot());
        Object version = version();
        synchronized (slot) {
            if (!version.equals(slot.version)) {
                slot.value = compute.get();
                slot.version = version;
            }
            return type.cast(Objects.requireNonNull(slot.value));
        }
    }

    private Object version() {
        return graph.read(COUNTS, Map.of()).stream()
                .map(row -> row.values() + "|" + told)
                .findFirst()
                .orElse("empty|" + told);
    }
}
