package org.avatarengine.text;

import java.util.regex.Pattern;

/** What somebody wrote themselves in a message. */
public final class OwnText {
    private static final Pattern QUOTED = Pattern.compile("(?m)^>.*(\\R|$)");

    /** How a tapback arrives by SMS: as a text that quotes the message. */
    private static final Pattern TAPBACK = Pattern.compile(
            "(?s)(Liked|Loved|Disliked|Laughed at|Emphasized|Questioned|Reacted .{1,12} to|Removed an? .{1,30} from)"
                    + " [“\"].*[”\"]");

    private OwnText() {}

    /** A message's own text: without the marks where attachments stand and without lines quoted from others. */
    public static String of(String text) {
        String own = text.indexOf('>') < 0 ? text : QUOTED.matcher(text).replaceAll("");
        return written(own);
    }

    /** A message's text without the marks where attachments stand. */
    public static String written(String text) {
        return text.replace("\uFFFC", "").strip();
    }

    /** A message's text on one line, a dot where an attachment stands. */
    public static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\uFFFC', '·');
    }

    /** Whether a text is a tapback that came by SMS, and so nobody's words. */
    public static boolean isTapback(String text) {
        return TAPBACK.matcher(text).matches();
    }
}
