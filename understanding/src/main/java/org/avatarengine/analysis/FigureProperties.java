package org.avatarengine.analysis;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.avatarengine.graph.Row;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.Share;
import org.jspecify.annotations.Nullable;

/** Converts figures to the properties of a node and back, without loss. */
final class FigureProperties {
    private FigureProperties() {}

    /** Writes a value. Null is left out. */
    static void put(Map<String, Object> into, String name, @Nullable Object value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    /** The number of a property; null when there is none. */
    static @Nullable Double optional(Row node, String name) {
        return node.text(name) == null ? null : Double.valueOf(node.real(name));
    }

    /** Writes a share: its value, the ends of its interval, and the size of its sample. */
    static void share(Map<String, Object> into, String name, Share share) {
        into.put(name, share.value());
        into.put(name + "Low", share.low());
        into.put(name + "High", share.high());
        into.put(name + "Of", share.of());
    }

    static Share share(Row node, String name) {
        return new Share(node.real(name), node.real(name + "Low"), node.real(name + "High"), node.number(name + "Of"));
    }

    /** Writes several shares as parallel lists. */
    static void shares(Map<String, Object> into, String name, List<Share> shares) {
        into.put(name + "Shares", shares.stream().map(Share::value).toList());
        into.put(name + "SharesLow", shares.stream().map(Share::low).toList());
        into.put(name + "SharesHigh", shares.stream().map(Share::high).toList());
        into.put(name + "SharesOf", shares.stream().map(Share::of).toList());
    }

    static List<Share> shares(Row node, String name) {
        List<Double> values = node.reals(name + "Shares");
        List<Double> low = node.reals(name + "SharesLow");
        List<Double> high = node.reals(name + "SharesHigh");
        List<Long> of = node.numbers(name + "SharesOf");
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            shares.add(new Share(values.get(i), low.get(i), high.get(i), of.get(i)));
        }
        return shares;
    }

    /** Writes counts as parallel lists, in their order. */
    static void counted(Map<String, Object> into, String name, List<Counted> counted) {
        into.put(name + "s", counted.stream().map(Counted::text).toList());
        into.put(name + "Counts", counted.stream().map(Counted::count).toList());
    }

    static List<Counted> counted(Row node, String name) {
        List<String> texts = node.texts(name + "s");
        List<Long> counts = node.numbers(name + "Counts");
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            counted.add(new Counted(texts.get(i), counts.get(i)));
        }
        return counted;
    }

    /** Writes counts by month as parallel lists. */
    static void months(Map<String, Object> into, Map<String, ? extends Number> months) {
        into.put("months", List.copyOf(months.keySet()));
        into.put("monthCounts", months.values().stream().map(Number::longValue).toList());
    }

    static Map<String, Long> months(Row node) {
        List<String> months = node.texts("months");
        List<Long> counts = node.numbers("monthCounts");
        Map<String, Long> by = new TreeMap<>();
        for (int i = 0; i < months.size(); i++) {
            by.put(months.get(i), counts.get(i));
        }
        return by;
    }

    /** Writes the components of a record, which are numbers and shares, under their names. */
    static void record(Map<String, Object> into, Record figures) {
        for (RecordComponent component : figures.getClass().getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(figures);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            if (value instanceof Share share) {
                share(into, component.getName(), share);
            } else if (value instanceof Number) {
                into.put(component.getName(), value);
            } else {
                throw new IllegalStateException(component + " is neither a number nor a share.");
            }
        }
    }

    /** The record that {@link #record(Map, Record)} wrote. */
    static <R extends Record> R record(Row node, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(node, component))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Row node, RecordComponent component) {
        String name = component.getName();
        if (component.getType() == Share.class) {
            return share(node, name);
        }
        if (component.getType() == long.class) {
            return node.number(name);
        }
        return node.real(name);
    }
}
