package org.avatarengine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.avatarengine.text.Token.Case;
import org.avatarengine.text.Token.Kind;

/**
 * Splits a text into tokens in one pass. Supports scripts with spaces between words. In scripts without spaces, such as
 * Han and Thai, a run of characters is one word.
 */
public final class Tokenizer {
    private static final Set<String> EMOTICONS = Set.of(
            ":)", ":-)", ":(", ":-(", ":d", ":-d", ";)", ";-)", ":p", ":-p", ";p", ":/", ":-/", ":\\", ":|", ":-|",
            ":o", ":-o", ":'(", ":')", ":*", ":-*", "<3", "</3", "xd", "=)", "=(", "=d", "=p", ":3", ">:(", "d:", ":]",
            ":[", "^^", "^_^", "-_-", "._.", "t_t", ":s", "8)", ":$", ":x", "o_o", ";_;", "\\o/");
    private static final int LONGEST_EMOTICON = 4;
    private static final int FIRST_EMOJI = 0x203C;
    private static final int VARIATION_EMOJI = 0xFE0F;
    private static final int JOINER = 0x200D;
    private static final int KEYCAP = 0x20E3;

    private Tokenizer() {}

    /** The tokens of a text, in order. */
    public static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>(text.length() / 5 + 2);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c <= ' ') {
                at++;
                continue;
            }
            int end = Character.isLetterOrDigit(c) || Character.isHighSurrogate(c) ? at : emoticon(text, at);
            if (end > at) {
                tokens.add(new Token(Kind.EMOTICON, text.substring(at, end), at, end, Case.NONE));
            } else {
                end = token(text, at, tokens);
            }
            at = end;
        }
        return tokens;
    }

    private static int token(String text, int at, List<Token> tokens) {
        int code = text.codePointAt(at);
        if (isLink(text, at)) {
            int end = at;
            while (end < text.length() && text.charAt(end) > ' ') {
                end++;
            }
            tokens.add(new Token(Kind.LINK, text.substring(at, end), at, end, Case.NONE));
            return end;
        }
        if (Character.isLetterOrDigit(code)) {
            return word(text, at, tokens);
        }
        if (isEmoji(text, at, code)) {
            int end = emojiEnd(text, at);
            tokens.add(new Token(Kind.EMOJI, text.substring(at, end), at, end, Case.NONE));
            return end;
        }
        int width = Character.charCount(code);
        if (Character.isWhitespace(code) || Character.isSpaceChar(code) || code == VARIATION_EMOJI || code == JOINER) {
            return at + width;
        }
        int end = at + width;
        while (end < text.length() && text.codePointAt(end) == code) {
            end += width;
        }
        tokens.add(new Token(Kind.MARK, text.substring(at, end), at, end, Case.NONE));
        return end;
    }

    private static boolean isLink(String text, int at) {
        return (text.startsWith("http", at) && (text.startsWith("://", at + 4) || text.startsWith("s://", at + 4)))
                || text.startsWith("www.", at);
    }

    private static int word(String text, int at, List<Token> tokens) {
        int end = at;
        int letters = 0;
        int upper = 0;
        boolean firstUpper = false;
        boolean plain = true;
        while (end < text.length()) {
            int code = text.codePointAt(end);
            boolean letter = isLetter(code);
            boolean part = letter
                    || (code < 128 ? code >= '0' && code <= '9' : Character.isDigit(code) || isMarkOfLetter(code));
            if (!part) {
                boolean apostrophe = code == '\'' || code == '’';
                boolean inside =
                        apostrophe && end > at && end + 1 < text.length() && Character.isLetter(text.charAt(end + 1));
                if (!inside) {
                    break;
                }
                plain &= code == '\'';
            } else if (letter) {
                boolean large = Character.isUpperCase(code);
                firstUpper |= large && letters == 0;
                upper += large ? 1 : 0;
                letters++;
            }
            end += Character.charCount(code);
        }
        String written = text.substring(at, end);
        if (letters == 0) {
            tokens.add(new Token(Kind.NUMBER, written, at, end, Case.NONE));
            return end;
        }
        String form = upper == 0 ? written : written.toLowerCase(java.util.Locale.ROOT);
        Case letterCase = upper == 0
                ? Case.LOWER
                : upper == letters && letters > 1 ? Case.UPPER : firstUpper && upper == 1 ? Case.TITLE : Case.MIXED;
        tokens.add(new Token(Kind.WORD, plain ? form : form.replace('’', '\''), at, end, letterCase));
        return end;
    }

    private static boolean isLetter(int code) {
        return code < 128 ? (code | 32) >= 'a' && (code | 32) <= 'z' : Character.isLetter(code);
    }

    private static boolean isMarkOfLetter(int code) {
        int type = Character.getType(code);
        return type == Character.NON_SPACING_MARK && code != VARIATION_EMOJI
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static int emoticon(String text, int at) {
        boolean starts = at == 0 || text.charAt(at - 1) <= ' ' || !Character.isLetterOrDigit(text.charAt(at - 1));
        if (!starts) {
            return at;
        }
        for (int length = Math.min(LONGEST_EMOTICON, text.length() - at); length >= 2; length--) {
            int end = at + length;
            boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
            if (ends && EMOTICONS.contains(text.substring(at, end).toLowerCase(java.util.Locale.ROOT))) {
                return end;
            }
        }
        return at;
    }

    private static boolean isEmoji(String text, int at, int code) {
        if (code < FIRST_EMOJI) {
            return false;
        }
        if (Character.isEmojiPresentation(code)) {
            return true;
        }
        int next = at + Character.charCount(code);
        return Character.isEmoji(code) && next < text.length() && text.charAt(next) == VARIATION_EMOJI;
    }

    /** The end of an emoji, including modifiers, joined parts, and the second half of a flag. */
    private static int emojiEnd(String text, int at) {
        int first = text.codePointAt(at);
        int end = at + Character.charCount(first);
        if (isRegional(first) && end < text.length() && isRegional(text.codePointAt(end))) {
            return end + 2;
        }
        while (end < text.length()) {
            int code = text.codePointAt(end);
            if (code == VARIATION_EMOJI
                    || code == KEYCAP
                    || Character.isEmojiModifier(code)
                    || (code >= 0xE0020 && code <= 0xE007F)) {
                end += Character.charCount(code);
            } else if (code == JOINER && end + 1 < text.length() && Character.isEmoji(text.codePointAt(end + 1))) {
                end += 1 + Character.charCount(text.codePointAt(end + 1));
            } else {
                break;
            }
        }
        return end;
    }

    private static boolean isRegional(int code) {
        return code >= 0x1F1E6 && code <= 0x1F1FF;
    }
}
