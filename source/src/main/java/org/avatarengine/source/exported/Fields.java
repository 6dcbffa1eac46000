package org.avatarengine.source.exported;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record of a table: its fields by lower-case name, and its number in the file, starting at 1. */
record Fields(Map<String, String> values, long row) {
    /** The trimmed text of a field; null when it is missing or blank. */
    @Nullable
    String get(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The unchanged text of a field, or an empty string. */
    String raw(String name) {
        return values.getOrDefault(name, "");
    }

    /** Whether a field means yes: true, yes, 1 or me. */
    boolean yes(String name) {
        String value = get(name);
        return value != null
                && switch (value.toLowerCase(java.util.Locale.ROOT)) {
                    case "true", "yes", "y", "1", "me" -> true;
                    default -> false;
                };
    }
}
