package org.avatarengine.language;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map from texts to a limited number of values. When it is full, the half with the lowest weights is dropped first. The
 * count of a value is therefore exact, unless the value was dropped and added again; then it is too low.
 */
public final class BoundedMap<V> {
    private final int most;
    private final ToDoubleFunction<V> weight;
    private final Map<String, V> values = new HashMap<>();

    /**
     * @param most the maximum number of values, at least two
     * @param weight the importance of a value
     */
    public BoundedMap(int most, ToDoubleFunction<V> weight) {
        this.most = most;
        this.weight = weight;
    }

    /** The value of a text; a new one when there is none. */
    public V of(String text, Supplier<V> created) {
        V known = values.get(text);
        if (known != null) {
            return known;
        }
        if (values.size() >= most) {
            drop();
        }
        V value = created.get();
        values.put(text, value);
        return value;
    }

    private void drop() {
        List<String> lightest = values.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, V>>comparingDouble(
                                entry -> weight.applyAsDouble(entry.getValue()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit((most + 1) / 2)
                .map(Map.Entry::getKey)
                .toList();
        lightest.forEach(values::remove);
    }

    /** The value of a text; null when there is none. */
    public @Nullable V find(String text) {
        return values.get(text);
    }

    /** Passes on each text with its value, in undefined order. */
    public void forEach(BiConsumer<String, V> each) {
        values.forEach(each);
    }

    /** The number of values. */
    public int size() {
        return values.size();
    }
}
