package org.avatarengine.enrich;

import java.util.Map;
import java.util.regex.Pattern;
import org.avatarengine.text.Fence;

/**
 * A part of a person's conversations in the form that is sent: redacted, and marked as data.
 *
 * @param text lines of the form {@code [2024-05-06 14:30] m12 Anna: see you at 7}, by conversation
 * @param messageIds the stored id of each message by its short name, such as {@code m12}
 */
record Transcript(String text, Map<String, String> messageIds) {
    private static final Pattern BREAKS = Pattern.compile("[\\r\\n\\u2028\\u2029\\u0085]+");

    /** One line, so that a message cannot pretend to be several. */
    static String oneLine(String text) {
        return BREAKS.matcher(text.strip()).replaceAll(" ⏎ ");
    }

    /** The text between two tags that it cannot contain. */
    String delimited() {
        return Fence.around("transcript", text);
    }

    /**
     * An upper limit of the text's length in tokens: a token has at least three characters of common scripts, or one of
     * others.
     */
    static long estimate(String text) {
        long narrow = text.chars().filter(c -> c < 0x250).count();
        return (narrow + 2) / 3 + (text.length() - narrow);
    }
}
