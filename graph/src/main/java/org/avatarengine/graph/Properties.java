package org.avatarengine.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Property names and values of one node or link. Kept in a plain array, because every message has an instance with
 * about twelve properties.
 */
public final class Properties {
    private @Nullable Object[] pairs = new Object[24];
    private int size;

    /** Sets a property; null removes it from a node that is already stored. */
    public Properties put(String name, @Nullable Object value) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, size * 2);
        }
        pairs[size++] = name;
        pairs[size++] = value;
        return this;
    }

    /** The number of properties. */
    public int size() {
        return size / 2;
    }

    String name(int index) {
        Object name = pairs[2 * index];
        if (name instanceof String string) {
            return string;
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Nullable
    Object value(int index) {
        return pairs[2 * index + 1];
    }

    /** Passes on each property that has a value. If a name occurs more than once, its last value counts. */
    void forEach(BiConsumer<String, Object> property) {
        for (int i = 0; i < size(); i++) {
            Object value = value(i);
            if (value != null && !isOverwritten(i)) {
                property.accept(name(i), value);
            }
        }
    }

    private boolean isOverwritten(int index) {
        for (int later = index + 1; later < size(); later++) {
            if (name(later).equals(name(index))) {
                return true;
            }
        }
        return false;
    }

    /** The properties as a map that may hold nulls. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(size());
        for (int i = 0; i < size(); i++) {
            map.put(name(i), value(i));
        }
        return map;
    }
}
