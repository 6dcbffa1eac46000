package org.avatarengine.source.apps.mail;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the lines by which a mail program introduces a quotation, such as {@code On 3 Mar 2025, at 10:11, Ann wrote:}.
 * They are often wrapped, so up to four lines are read as one. What makes an introduction is a verb or an address at
 * the end of which stands a colon, and a date; without a date, it is one only right above quoted lines.
 */
final class Introductions {
    private static final int MOST_LINES = 4;
    private static final int LONGEST = 500;
    private static final int NARROWEST = 64;

    private static final Pattern END = Pattern.compile("[:：]\\W{0,3}$");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<(\\[:]@[^\\s>)\\]]");
    private static final Pattern ADDRESS_AT_END = Pattern.compile("[<(\\[][^\\s<]+@[^\\s>)\\]]+[>)\\]]\\W{0,3}$");
    private static final Pattern DAY = Pattern.compile(
            "(?<!\\d)(?:(?:1[34]|19|20|25)\\d\\d(?!\\d)|\\d{1,2}([./-])\\s?\\d{1,2}\\1\\s?\\d{2,4}(?!\\d))");
    private static final Pattern TIME = Pattern.compile("(?<!\\d)\\d{1,2}(?:[:.h时時시]\\s?\\d{2}|\\s?(?i:am|pm)\\b)");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?。！？…]$");

    private final List<MailLine> lines;
    private final List<String> plain;

    /** @param plain the same lines, for comparisons */
    Introductions(List<MailLine> lines, List<String> plain) {
        this.lines = lines;
        this.plain = plain;
    }

    /**
     * The first line of the introduction that ends at a line; -1 when none does.
     *
     * @param first the first line that may belong to it
     * @param beforeQuotation whether quoted lines follow
     */
    int startOf(int end, int first, boolean beforeQuotation) {
        if (!END.matcher(plain.get(end)).find()) {
            return -1;
        }
        String text = "";
        int shortest = -1;
        for (int i = end;
                i >= Math.max(first, end - MOST_LINES + 1) && !lines.get(i).blank();
                i--) {
            text = plain.get(i) + (text.isEmpty() ? "" : " " + text);
            if (text.length() > LONGEST) {
                break;
            }
            if (shortest < 0 && complete(text, beforeQuotation)) {
                shortest = i;
                if (opens(i) && !addressBefore(i, first)) {
                    return i;
                }
            } else if (shortest >= 0 && !SENTENCE_END.matcher(plain.get(i)).find()) {
                if (opens(i)) {
                    return i; // the date itself is wrapped
                }
                if (shortest == i + 1 && isFull(i) && (!opens(i + 1) || addressBefore(i + 1, first))) {
                    shortest = i;
                }
            }
        }
        if (shortest >= 0) {
            return shortest;
        }
        boolean verb = MailWords.WROTE.matcher(plain.get(end)).find();
        return verb && beforeQuotation && plain.get(end).length() < LONGEST / 4 ? end : -1;
    }

    private boolean opens(int line) {
        String text = plain.get(line);
        return MailWords.OPENER.matcher(text).find() && text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    /** In Chinese, the address stands before the date. */
    private boolean addressBefore(int line, int first) {
        return line > first
                && isFull(line - 1)
                && ADDRESS.matcher(plain.get(line - 1)).find()
                && !ADDRESS.matcher(plain.get(line)).find();
    }

    /** Whether a line is as long as programs make lines: the first word of the next one would not have fitted. */
    private boolean isFull(int line) {
        String next = plain.get(line + 1);
        int space = next.indexOf(' ');
        return plain.get(line).length() + 1 + (space < 0 ? next.length() : space) >= NARROWEST;
    }

    private static boolean complete(String text, boolean beforeQuotation) {
        boolean address = ADDRESS.matcher(text).find();
        boolean day = DAY.matcher(text).find();
        boolean time = TIME.matcher(text).find();
        if (!day && !(beforeQuotation && address && time)) {
            return false;
        }
        boolean verb = MailWords.WROTE.matcher(text).find();
        return beforeQuotation
                ? day && (verb || address) || verb && address && time
                : day && time && (verb || ADDRESS_AT_END.matcher(text).find()) || day && verb && address;
    }
}
