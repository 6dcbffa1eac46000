package org.avatarengine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a message.
 *
 * @param text the text, with one U+FFFC for each attachment in it; empty when there is no text
 * @param ranges the marked ranges of the text, sorted by start. Offsets are UTF-16 code units, as in a Java string, and
 *     always lie within the text
 * @param origin the source of the text
 * @param problem why the stored body could not be read in full, or null when it was
 */
public record Body(
        String text,
        List<TextRange> ranges,
        Origin origin,
        @Nullable String problem) {

    /** An empty body. */
    public static final Body EMPTY = new Body("", List.of(), Origin.NONE, null);

    /** The source of the text. */
    public enum Origin {
        /** The message has no text. */
        NONE,
        /** A plain text column or field. */
        TEXT,
        /** The attributed string of the message, read in full. */
        ATTRIBUTED,
        /** The readable part of a damaged attributed string; {@link Body#problem} describes the damage. */
        RECOVERED
    }

    /** A body of plain text. */
    public static Body ofText(@Nullable String text) {
        return text == null || text.isEmpty() ? EMPTY : new Body(text, List.of(), Origin.TEXT, null);
    }
}
