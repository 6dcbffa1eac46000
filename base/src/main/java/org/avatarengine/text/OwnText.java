package org.avatarengine.text;

import java.util.regex.Pattern;

/** The part of a message that its sender wrote. */
public final class OwnText {
    private static final Pattern QUOTED = Pattern.compile("(?m)^>.*(\\R|$)");

    /** A tapback sent by SMS: a text that quotes the message. */
    private static final Pattern TAPBACK = Pattern.compile(
            "(?s)(Liked|Loved|Disliked|Laughed at|Emphasized|Questioned|Reacted .{1,12} to|Removed an? .{1,30} from)"
                    + " [“\"].*[”\"]");

    private OwnText() {}

    /** The text without attachment placeholders and without quoted lines. */
    public static String of(String text) {
        String own = text.indexOf('>') < 0 ? text : QUOTED.matcher(text).replaceAll("");
        return written(own);
    }

    /** The text without attachment placeholders. */
    public static String written(String text) {
        return text.replace("\uFFFC", "").strip();
    }

    /** The text on one line, with a dot for each attachment. */
    public static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\uFFFC', '·');
    }

    /** Whether a text is a tapback sent by SMS, so not written by anybody. */
    public static boolean isTapback(String text) {
        return TAPBACK.matcher(text).matches();
    }
}
