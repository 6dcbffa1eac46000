package org.avatarengine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a message.
 *
 * @param text what was written. An attachment within the text is one U+FFFC; empty when there is no text
 * @param ranges what is marked in the text, in order of their start. Offsets are UTF-16 code units, as in a Java
 *     string, and always lie within the text
 * @param origin where the text was found
 * @param problem why the stored body could not be read in full, or null when it could
 */
public record Body(
        String text,
        List<TextRange> ranges,
        Origin origin,
        @Nullable String problem) {

    /** A body with nothing in it. */
    public static final Body EMPTY = new Body("", List.of(), Origin.NONE, null);

    /** Where the text was found. */
    public enum Origin {
        /** Nowhere: the message has no text. */
        NONE,
        /** A plain text column or field. */
        TEXT,
        /** The attributed string of the message, read in full. */
        ATTRIBUTED,
        /** What could be saved of a damaged attributed string; {@link Body#problem} says what is wrong with it. */
        RECOVERED
    }

    /** A body of plain text. */
    public static Body ofText(@Nullable String text) {
        return text == null || text.isEmpty() ? EMPTY : new Body(text, List.of(), Origin.TEXT, null);
    }
}
