package org.avatarengine.source.apps.whatsapp;

import org.jspecify.annotations.Nullable;

/**
 * The sender and the text in a line, after its header.
 *
 * @param name the name in the owner's address book, or a phone number; without marks
 */
record Sender(String name, String text) {
    private static final int LONGEST = 80;

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
        boolean quotes = name.chars().anyMatch(c -> c == '"' || c == '\u201c' || c == '\u201d' || c == '\u00ab');
        if (name.isEmpty() || quotes) {
            return null;
        }
        return new Sender(name, rest.substring(Math.min(rest.length(), colon + 2)));
    }

    /** Removes direction marks, and the tilde that iOS puts before names that are not in the owner's address book. */
    static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.chars().filter(c -> !Header.isMark((char) c)).forEach(c -> plain.append((char) c));
        return plain.toString().replaceFirst("^~[\\s\\u00a0\\u202f]*", "").strip();
    }

    /** On iOS, changes of a group are written as if the group had sent them. */
    boolean isGroupItself(String chat) {
        return name.equals(chat)
                        && text.startsWith("\u200e")
                        && Notes.happened(text).kind() != org.avatarengine.event.GroupChange.Kind.UNKNOWN
                || name.equals(chat) && text.startsWith("\u200eMessages and calls are end-to-end encrypted");
    }
}
