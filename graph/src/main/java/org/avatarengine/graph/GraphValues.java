package org.avatarengine.graph;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.values.storable.DateTimeValue;
import org.neo4j.values.storable.Value;
import org.neo4j.values.storable.Values;

/** Converts Java values to the types that the executors accept. */
final class GraphValues {
    private GraphValues() {}

    /** Converts instants to date-times in UTC, also inside lists and maps. */
    static @Nullable Object parameter(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> ZonedDateTime.ofInstant(instant, ZoneOffset.UTC);
            case Integer number -> number.longValue();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> converted = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((k, v) -> converted.put(k.toString(), parameter(v)));
                yield converted;
            }
            case List<?> list -> {
                List<@Nullable Object> converted = new ArrayList<>(list.size());
                list.forEach(item -> converted.add(parameter(item)));
                yield converted;
            }
            default -> value;
        };
    }

    /** Converts all parameters of a statement. */
    static Map<String, Object> parameters(Map<String, ?> parameters) {
        Map<String, Object> converted = LinkedHashMap.newLinkedHashMap(parameters.size());
        parameters.forEach((name, value) -> {
            Object usable = parameter(value);
            if (usable != null) {
                converted.put(name, usable);
            }
        });
        return converted;
    }

    /** Converts a value to the form of the embedded store: times in UTC, lists as arrays of strings or longs. */
    static Value stored(Object value) {
        return switch (value) {
            case String text -> Values.stringValue(text);
            case Long number -> Values.longValue(number);
            case Integer number -> Values.longValue(number);
            case Boolean truth -> Values.booleanValue(truth);
            case Double real -> Values.doubleValue(real);
            case Instant instant -> DateTimeValue.datetime(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
            case List<?> list
            when list.isEmpty() || list.getFirst() instanceof String ->
                Values.stringArray(list.stream().map(String::valueOf).toArray(String[]::new));
            case List<?> list
            when list.getFirst() instanceof Number ->
                Values.longArray(
                        list.stream().mapToLong(n -> ((Number) n).longValue()).toArray());
            default -> throw new IllegalArgumentException("A property cannot hold a " + value.getClass());
        };
    }
}
