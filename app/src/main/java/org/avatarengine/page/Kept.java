package org.avatarengine.page;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.avatarengine.graph.Graph;

/**
 * Keeps what takes long to compute over all messages until the graph changes. A change shows in counts that the graph
 * knows without looking, or is told by who makes it.
 */
final class Kept {
    private static final String COUNTS = """
            MATCH (m:Message) WITH count(m) AS messages
            MATCH (p:Person) WITH messages, count(p) AS people
            OPTIONAL MATCH (x:EntityMapping) WITH messages, people, count(x) AS mappings
            OPTIONAL MATCH (c:CommunicationProfile) RETURN messages, people, mappings, count(c) AS profiles""";

    private record Entry(Object version, Object value) {}

    private final Graph graph;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile long told;

    Kept(Graph graph) {
        this.graph = graph;
    }

    /** The graph has changed in a way that its counts may not show. */
    void changed() {
        told++;
    }

    /** The value under a name, computed when the graph has changed since. */
    <T> T get(Class<T> type, Supplier<T> compute) {
        Object version = version();
        Entry entry = entries.compute(
                type.getName(),
                (name, old) -> old != null && old.version.equals(version) ? old : new Entry(version, compute.get()));
        return type.cast(entry.value);
    }

    private Object version() {
        return graph.read(COUNTS, Map.of()).stream()
                .map(row -> row.values() + "|" + told)
                .findFirst()
                .orElse("empty|" + told);
    }
}
