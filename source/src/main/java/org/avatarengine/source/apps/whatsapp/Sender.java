package org.avatarengine.source.apps.whatsapp;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sender and the text in a line, after its header.
 *
 * @param name the name in the owner's address book, or a phone number; without marks
 */
record Sender(String name, String text) {
    private static final int LONGEST = 80;
    private static final Pattern TILDE = Pattern.compile("^~[\\s\\u00a0\\u202f]*");

    /** Null for a line that the app wrote, which has no sender. */
    static @Nullable Sender of(String rest) {
        int colon = rest.indexOf(": ");
        if (colon < 0 && rest.endsWith(":")) {
            colon = rest.length() - 1;
        }
        if (colon <= 0 || colon > LONGEST) {
            return null;
        }
        String name = plain(rest.substring(0, colon));
        long quotes = name.chars()
                .filter(c -> c == '"'
                        || c >= '\u201c' && c <= '\u201f'
                        || c == '\u00ab'
                        || c == '\u00bb'
                        || c == '\u300c'
                        || c == '\u300d')
                .count();
        if (name.isEmpty() || quotes % 2 != 0) {
            return null; // the colon stands inside quotation marks: a group's name in a notice
        }
        return new Sender(name, rest.substring(Math.min(rest.length(), colon + 2)));
    }

    /**
     * The name as WhatsApp shows it, without direction marks. The tilde that precedes names that people chose themselves
     * belongs to it: "~ Alex" is not in the owner's address book, and "Alex" is.
     */
    static String plain(String name) {
        String stripped = Header.withoutMarks(name).strip();
        return isSelfChosen(stripped)
                ? TILDE.matcher(stripped).replaceFirst("~ ").strip()
                : stripped;
    }

    /** Whether a name was chosen by its bearer, so that two people may have it. */
    static boolean isSelfChosen(String name) {
        return name.startsWith("~");
    }
}
