package org.avatarengine.graph;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.Entity;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;

/** Converts results of the embedded database to plain {@link Row}s that stay valid after their transaction. */
final class EmbeddedRows {
    private EmbeddedRows() {}

    static Row row(Map<String, Object> values) {
        Map<String, @Nullable Object> plain = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((name, value) -> plain.put(name, plain(value)));
        return new Row(plain);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case ZonedDateTime time -> time.toInstant();
            case Node node -> {
                Map<String, @Nullable Object> map = properties(node);
                List<String> labels = new ArrayList<>();
                for (Label label : node.getLabels()) {
                    labels.add(label.name());
                }
                labels.sort(null); // the store's order depends on which label was created first
                map.put("_labels", labels);
                yield map;
            }
            case Relationship relationship -> {
                Map<String, @Nullable Object> map = properties(relationship);
                map.put("_type", relationship.getType().name());
                yield map;
            }
            case org.neo4j.graphdb.Path path -> {
                List<@Nullable Object> steps = new ArrayList<>();
                for (Entity entity : path) {
                    steps.add(plain(entity));
                }
                yield steps;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> converted = new LinkedHashMap<>();
                map.forEach((k, v) -> converted.put(k.toString(), plain(v)));
                yield converted;
            }
            case Iterable<?> items -> {
                List<@Nullable Object> list = new ArrayList<>();
                items.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case String[] items -> List.of(items);
            case long[] items -> Arrays.stream(items).boxed().toList();
            case double[] items -> Arrays.stream(items).boxed().toList();
            case Duration duration -> duration;
            default -> value;
        };
    }

    private static Map<String, @Nullable Object> properties(Entity entity) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        entity.getAllProperties().forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }
}
