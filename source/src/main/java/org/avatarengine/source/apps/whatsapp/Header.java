package org.avatarengine.source.apps.whatsapp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a message's first line: date, time, and the rest. The three numbers of the date are kept as written,
 * because only the whole file shows which one is the day.
 *
 * @param script the code point of the digit zero, which distinguishes Persian and Arabic digits
 * @param separator the separator between the numbers of the date
 * @param padded whether day or month is written with a leading zero
 * @param before the letters of words between date and time
 * @param after the letters of words after the time
 * @param rest the line after the header
 * @param marked whether the app's mark precedes it, as on iOS in lines that the app itself writes
 * @param bracketed whether it stands between brackets, as on iOS
 */
record Header(
        int[] date,
        int firstDigits,
        int lastDigits,
        char script,
        char separator,
        boolean padded,
        int hour,
        int minute,
        int second,
        String before,
        String after,
        String rest,
        boolean marked,
        boolean bracketed) {

    private static final String BETWEEN = "[./\\-\\u2010-\\u2015\\s\u5e74\u6708\u65e5\ub144\uc6d4\uc77c]{1,3}";
    private static final Pattern LINE = Pattern.compile("^(\\[?)(\\p{Nd}{1,4})(" + BETWEEN + ")(\\p{Nd}{1,2})" + BETWEEN
            + "(\\p{Nd}{1,4})([^\\p{Nd}\\[\\]]{0,20}?)(\\p{Nd}{1,2})[:.](\\p{Nd}{2})(?:[:.](\\p{Nd}{2}))?"
            + "([^\\p{Nd}\\]:]{0,15}?)(?:\\]\\s?|\\s[-\\u2013\\u2014]\\s|:\\s)");

    /** Marks for the writing direction, which the app inserts between the parts. */
    private static final Pattern MARKS = Pattern.compile("[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");

    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}]");

    /** The maximum length of a header. */
    private static final int LONGEST = 90;

    static @Nullable Header of(String line) {
        if (line.isEmpty() || line.length() > 8 && !mayBegin(line)) {
            return null;
        }
        String begin = line.substring(0, Math.min(LONGEST, line.length()));
        Matcher matcher = LINE.matcher(withoutMarks(begin));
        if (!matcher.lookingAt()
                || matcher.group(1).isEmpty() == matcher.group().stripTrailing().endsWith("]")) {
            return null;
        }
        int end = offset(line, matcher.end());
        int[] date = {number(matcher.group(2)), number(matcher.group(4)), number(matcher.group(5))};
        char zero = (char)
                (matcher.group(2).charAt(0) - Character.digit(matcher.group(2).charAt(0), 10));
        String rest = line.substring(end);
        return new Header(
                date,
                matcher.group(2).length(),
                matcher.group(5).length(),
                zero,
                matcher.group(3).strip().isEmpty()
                        ? ' '
                        : matcher.group(3).strip().charAt(0),
                number(matcher.group(2).substring(0, 1)) == 0
                        || number(matcher.group(4).substring(0, 1)) == 0,
                number(matcher.group(7)),
                number(matcher.group(8)),
                matcher.group(9) == null ? 0 : number(matcher.group(9)),
                letters(matcher.group(6)),
                letters(matcher.group(10)),
                rest,
                line.charAt(0) == '\u200e',
                !matcher.group(1).isEmpty());
    }

    /** A fast check, because most lines of long messages are not headers. */
    private static boolean mayBegin(String line) {
        for (int i = 0; i < Math.min(4, line.length()); i++) {
            if (Character.isDigit(line.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The index of the n-th character that is not a mark. */
    private static int offset(String line, int n) {
        int seen = 0;
        int i = 0;
        while (i < line.length() && seen < n) {
            seen += isMark(line.charAt(i)) ? 0 : 1;
            i++;
        }
        return i;
    }

    /** A text without marks for the writing direction. */
    static String withoutMarks(String text) {
        return MARKS.matcher(text).replaceAll("");
    }

    private static boolean isMark(char c) {
        return c == '\u200e'
                || c == '\u200f'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\ufeff';
    }

    private static int number(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value * 10 + Character.digit(digits.charAt(i), 10);
        }
        return value;
    }

    private static String letters(String words) {
        return words.isBlank() ? "" : OTHERS.matcher(words).replaceAll("").toLowerCase(java.util.Locale.ROOT);
    }
}
