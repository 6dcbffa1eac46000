package org.avatarengine.source.typedstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of a typedstream: its class and its values, flattened in the order of writing.
 *
 * <p>A value is a {@link Long}, a {@link Double}, a {@code byte[]} (strings and arrays of bytes), a {@link String} (C
 * strings and selectors), a {@link List} (other arrays and structs), an {@link ArchivedClass}, another {@code
 * ArchivedObject}, or null. References between objects can be cyclic.
 */
public final class ArchivedObject {
    private @Nullable ArchivedClass type;
    private final ArrayList<@Nullable Object> values = new ArrayList<>(4);

    void type(@Nullable ArchivedClass archivedClass) {
        this.type = archivedClass;
    }

    void add(@Nullable Object value) {
        values.add(value);
    }

    /** The class; null when the stream ends before it. */
    public @Nullable ArchivedClass type() {
        return type;
    }

    /** Whether this is an instance of the named class or of one that inherits from it. */
    public boolean isA(String className) {
        return type != null && type.isA(className);
    }

    /** The number of values read. */
    public int size() {
        return values.size();
    }

    /** The value at an index, or null when there is none. */
    public @Nullable Object value(int index) {
        return index < values.size() ? values.get(index) : null;
    }

    /** All values in the order of writing. */
    public List<@Nullable Object> values() {
        return values;
    }
}
