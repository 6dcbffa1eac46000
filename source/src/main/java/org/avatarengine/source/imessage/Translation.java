package org.avatarengine.source.imessage;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.avatarengine.source.plist.KeyedArchive;
import org.avatarengine.source.plist.PlistException;
import org.jspecify.annotations.Nullable;

/**
 * The translation that Messages of macOS 26 and iOS 26 shows below a message. {@code message_summary_info} holds an
 * archive within its dictionary ({@code tmp}, in early versions {@code data}), with a list of translations for each
 * part. The text of the message stays the one that the sender typed.
 *
 * @param language into which it was translated, such as {@code en_US}; empty if it is not known
 */
record Translation(String language, String text) {
    private static final int DEEPEST = 8;

    /** The first translation; null if there is none, or if it cannot be read. */
    static @Nullable Translation decode(byte[] summary) {
        try {
            if (KeyedArchive.unarchive(summary) instanceof Map<?, ?> root) {
                for (String key : List.of("tmp", "data")) {
                    if (root.get(key) instanceof byte[] archive) {
                        return find(KeyedArchive.unarchive(archive), DEEPEST);
                    }
                }
                return find(root, DEEPEST);
            }
            return null;
        } catch (PlistException e) {
            return null; // it is an addition: the message itself is whole
        }
    }

    private static @Nullable Translation find(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("translatedText") instanceof String text && !text.isBlank()) {
                return new Translation(map.get("translationLanguage") instanceof String language ? language : "", text);
            }
            return among(map.values(), depth);
        }
        return value instanceof List<?> list ? among(list, depth) : null;
    }

    private static @Nullable Translation among(Collection<?> values, int depth) {
        for (Object value : values) {
            Translation found = depth == 0 ? null : find(value, depth - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
