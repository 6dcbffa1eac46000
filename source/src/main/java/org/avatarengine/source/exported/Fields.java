package org.avatarengine.source.exported;

import java.util.Locale;
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

    /** The trimmed text of the first column of a kind that has a value; null when none has. */
    @Nullable
    String get(Columns kind) {
        for (String name : kind.names()) {
            String value = get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The unchanged text of the first column of a kind that is not empty, or an empty string. */
    String raw(Columns kind) {
        for (String name : kind.names()) {
            String value = values.get(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** Whether a column means yes: true, yes, 1 or me. */
    boolean yes(Columns kind) {
        String value = get(kind);
        return value != null
                && switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "t", "yes", "y", "1", "1.0", "me", "sent", "outgoing" -> true;
                    default -> false;
                };
    }
}
