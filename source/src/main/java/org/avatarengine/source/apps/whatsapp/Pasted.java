package org.avatarengine.source.apps.whatsapp;

import java.util.regex.Pattern;

/**
 * Messages of other people that somebody copied and pasted into a message. The app writes who sent them, so that they
 * can be kept apart from the words of the one who pasted them.
 */
final class Pasted {
    /** Copied messages begin with date and time in brackets, and the sender. Android leaves out the year. */
    private static final Pattern COPIED = Pattern.compile(
            "^[\\u200e\\u200f]?\\[(?=[^\\]]*\\p{Nd}[/.\\-]\\s?\\p{Nd})(?=[^\\]]*\\p{Nd}[:.]\\p{Nd}{2})(?=(?:[^\\]]*?\\p{Nd}){5})"
                    + "[^\\[\\]\\n]{5,40}\\] ?[^:\\n]{1,80}: ");

    private Pasted() {}

    /** Where pasted messages begin in a text; -1 if there are none. What follows them is theirs, too. */
    static int begin(String text) {
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end);
            if (isMessage(line)) {
                return from;
            }
            if (end < 0) {
                return -1;
            }
            from = end + 1;
        }
        return -1;
    }

    private static boolean isMessage(String line) {
        if (line.indexOf('[') >= 0 && COPIED.matcher(line).lookingAt()) {
            return true;
        }
        Header header = Header.of(line);
        return header != null && Sender.of(header.rest()) != null;
    }
}
