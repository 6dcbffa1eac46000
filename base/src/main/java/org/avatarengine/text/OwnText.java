package org.avatarengine.text;

/** The text of messages without the placeholders of their attachments. */
public final class OwnText {
    private OwnText() {}

    /** The text without attachment placeholders. */
    public static String written(String text) {
        return text.replace("\uFFFC", "").strip();
    }

    /** The text on one line, with a dot for each attachment. */
    public static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\uFFFC', '·');
    }
}
