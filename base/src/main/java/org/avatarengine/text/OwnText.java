package org.avatarengine.text;

import org.jspecify.annotations.Nullable;

/** The text of messages without the placeholders of their attachments. */
public final class OwnText {
    private OwnText() {}

    /** The text without attachment placeholders; empty if there is none. */
    public static String written(@Nullable String text) {
        return text == null ? "" : text.replace("\uFFFC", "").strip();
    }

    /** The text on one line, with a dot for each attachment. */
    public static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\uFFFC', '·');
    }
}
