package org.avatarengine.text;

/**
 * A token of a text.
 *
 * @param text the normalized token: words in lower case with straight apostrophes, other tokens as written
 * @param start the start, in UTF-16 units
 * @param end the end, exclusive, in UTF-16 units
 * @param letterCase the letter case of a word; {@link Case#NONE} for other tokens
 */
public record Token(Kind kind, String text, int start, int end, Case letterCase) {

    /** The kind of a token. */
    public enum Kind {
        /** Letters of any script, including digits and apostrophes between them. */
        WORD,
        NUMBER,
        EMOJI,
        /** An emoticon, such as {@code :-)}. */
        EMOTICON,
        /** One or more of the same punctuation mark: {@code ...} and {@code !!} are one token each. */
        MARK,
        LINK
    }

    /** The letter case of a word. */
    public enum Case {
        LOWER,
        /** The first letter in upper case, the others in lower case. */
        TITLE,
        /** Two letters or more, all in upper case. */
        UPPER,
        MIXED,
        NONE
    }

    public boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether a letter occurs three times in a row: "sooo". */
    public boolean isStretched() {
        for (int i = 2; i < text.length(); i++) {
            if (text.charAt(i) == text.charAt(i - 1) && text.charAt(i) == text.charAt(i - 2)) {
                return true;
            }
        }
        return false;
    }
}
