package org.avatarengine.text;

/**
 * A token of a text.
 *
 * @param text the token in one form: words in lower case with straight apostrophes, the rest as written
 * @param start where it starts, in UTF-16 units
 * @param end where it ends
 * @param letterCase how a word is written; {@link Case#NONE} for the rest
 */
public record Token(Kind kind, String text, int start, int end, Case letterCase) {

    /** What a token is. */
    public enum Kind {
        /** Letters of any script, with digits and apostrophes inside. */
        WORD,
        NUMBER,
        EMOJI,
        /** A face of characters, such as {@code :-)}. */
        EMOTICON,
        /** A run of one mark: {@code ...} and {@code !!} are one token each. */
        MARK,
        LINK
    }

    /** How the letters of a word are written. */
    public enum Case {
        LOWER,
        /** The first letter large, the others small. */
        TITLE,
        /** Two letters or more, all large. */
        UPPER,
        MIXED,
        NONE
    }

    public boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether a letter stands three times in a row: "sooo". */
    public boolean isStretched() {
        for (int i = 2; i < text.length(); i++) {
            if (text.charAt(i) == text.charAt(i - 1) && text.charAt(i) == text.charAt(i - 2)) {
                return true;
            }
        }
        return false;
    }
}
