package org.avatarengine.text;

/**
 * Makes the hidden characters of a name visible, so that no name reorders the text around it, is empty to the eye, or
 * looks like another person's name (Unicode Technical Report 36, section 2). Names come from other people. A hidden
 * character is shown by its number, such as {@code [U+202E]}; characters that a script or an emoji needs are kept.
 */
public final class VisibleName {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    private VisibleName() {}

    /** The name with hidden characters shown; the same name when it has none. */
    public static String of(String name) {
        String trimmed = withoutMarks(name);
        if (trimmed.codePoints().noneMatch(VisibleName::mayHide)) {
            return trimmed;
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < trimmed.length(); i += Character.charCount(trimmed.codePointAt(i))) {
            int c = trimmed.codePointAt(i);
            if (mayHide(c) && !isNeeded(trimmed, i, c)) {
                shown.append(String.format("[U+%04X]", c));
            } else {
                shown.appendCodePoint(c);
            }
        }
        return shown.toString();
    }

    /** Without the direction marks at both ends, which apps put around names and which have no effect there. */
    private static String withoutMarks(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && isMark(name.charAt(from))) {
            from++;
        }
        while (to > from && isMark(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isMark(char c) {
        return c == '\u200E' || c == '\u200F';
    }

    private static boolean mayHide(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || c == 0x00AD
                || c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0;
    }

    /** Joiners build emoji and the letters of Arabic and Indic scripts; tags build the flags of regions. */
    private static boolean isNeeded(String name, int at, int c) {
        if (c >= 0xE0020 && c <= 0xE007F) {
            return name.codePoints().anyMatch(other -> other == 0x1F3F4);
        }
        if (c != JOINER && c != NON_JOINER || at == 0) {
            return false;
        }
        int before = name.codePointBefore(at);
        if (c == JOINER && (Character.isEmoji(before) && before > 0xFF || before == 0xFE0F)) {
            return true;
        }
        return switch (Character.UnicodeScript.of(before)) {
            case LATIN, GREEK, CYRILLIC, COMMON, UNKNOWN -> false;
            default -> Character.isLetter(before) || Character.getType(before) == Character.NON_SPACING_MARK;
        };
    }
}
