package org.avatarengine.graph;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns Java values into those that both executors accept as parameters. */
final class GraphValues {
    private GraphValues() {}

    /** Instants become date-times in UTC, deeply. */
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
}
