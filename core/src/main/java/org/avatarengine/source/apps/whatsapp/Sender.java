package org.avatarengine.source.apps.whatsapp;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote, and what, in a line after its header.
 *
 * @param name as the owner's address book has it, or a phone number; without marks
 */
record Sender(String name, String text) {
    private static final int LONGEST = 80;

    /** Null for a line of the app's own that names no sender. */
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

    /** A name without marks of direction and without the tilde that iOS puts before names the owner did not give. */
    static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.chars().filter(c -> !Header.isMark((char) c)).forEach(c -> plain.append((char) c));
        return plain.toString().replaceFirst("^~[\\s\\u00a0\\u202f]*", "").strip();
    }

    /** On iOS, what happens to a group is written as if the group had said it. */
    boolean isGroupItself(String chat) {
        return name.equals(chat)
                        && text.startsWith("\u200e")
                        && Notes.happened(text).kind() != org.avatarengine.event.GroupChange.Kind.UNKNOWN
                || name.equals(chat) && text.startsWith("\u200eMessages and calls are end-to-end encrypted");
    }
}
