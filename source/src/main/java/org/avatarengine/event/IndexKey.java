package org.avatarengine.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.avatarengine.text.VisibleName;
import org.jspecify.annotations.Nullable;

/**
 * Keeps identifiers and names short enough to be index keys: Neo4j's range indexes refuse keys of more than about 8 kB,
 * and one such key would end an import.
 */
final class IndexKey {
    /** In UTF-16 units, each at most 3 bytes in UTF-8. */
    static final int LONGEST_ID = 1000;

    static final int LONGEST_NAME = 500;

    private IndexKey() {}

    /** An identifier. The end of a long one is replaced with its digest, so that different ones stay different. */
    static String id(String id) {
        return id.length() <= LONGEST_ID
                ? id
                : beginning(id, LONGEST_ID) + "~" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> ids(List<String> ids) {
        return ids.stream().allMatch(id -> id.length() <= LONGEST_ID)
                ? ids
                : ids.stream().map(IndexKey::id).toList();
    }

    /** A name. A long one is cut off, and hidden characters are shown. */
    static @Nullable String name(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return VisibleName.of(name.length() <= LONGEST_NAME ? name : beginning(name, LONGEST_NAME) + "…");
    }

    private static String beginning(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
