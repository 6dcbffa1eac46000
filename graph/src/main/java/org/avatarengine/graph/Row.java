package org.avatarengine.graph;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.avatarengine.failure.GraphException;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result. Values are strings, longs, doubles, booleans, {@link Instant}s, other {@link java.time} values,
 * lists and maps of these; nodes and relationships are maps of their properties with {@code _labels} or {@code _type}.
 */
public record Row(Map<String, @Nullable Object> values) {

    /** The text under a name; null when there is none. */
    public @Nullable String text(String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    /**
     * The text under a name.
     *
     * @throws GraphException when the statement returned no such value: an entry of the graph lacks a property that it
     *     always has
     */
    public String requireText(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new GraphException(
                    "An entry of the graph lacks its \"" + name
                            + "\": the graph is damaged. Run `avatar doctor --repair`"
                            + " to see what can be repaired.",
                    null);
        }
        return value.toString();
    }

    /** The whole number under a name; 0 when there is none. */
    public long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** The number under a name; 0 when there is none. */
    public double real(String name) {
        return values.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    /** Whether the value under a name is true. */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** The time under a name; null when there is none. */
    public @Nullable Instant time(String name) {
        return values.get(name) instanceof Instant instant ? instant : null;
    }

    /** The strings of the list under a name; empty when there is none. */
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The whole numbers of the list under a name; empty when there is none. */
    public List<Long> numbers(String name) {
        return numbers(name, Number::longValue);
    }

    /** The numbers of the list under a name; empty when there is none. */
    public List<Double> reals(String name) {
        return numbers(name, Number::doubleValue);
    }

    private <N> List<N> numbers(String name, Function<Number, N> as) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(Number.class::cast).map(as).toList()
                : List.of();
    }

    /** The properties of the node under a name; null when there is none. */
    public @Nullable Row node(String name) {
        if (!(values.get(name) instanceof Map<?, ?> properties)) {
            return null;
        }
        Map<String, @Nullable Object> its = LinkedHashMap.newLinkedHashMap(properties.size());
        properties.forEach((key, value) -> its.put(String.valueOf(key), value));
        return new Row(its);
    }

    /** The lists of strings in the list under a name; empty when there is none. */
    public List<List<String>> lists(String name) {
        return values.get(name) instanceof List<?> outer
                ? outer.stream()
                        .filter(List.class::isInstance)
                        .map(inner ->
                                ((List<?>) inner).stream().map(String::valueOf).toList())
                        .toList()
                : List.of();
    }
}
