package org.avatarengine.source.apps.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.TextRange;
import org.avatarengine.event.TextRange.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Marks the parts of a mail that its sender did not write: quoted and forwarded text with what introduces it, and
 * signatures. Nothing is removed. Lines between quoted lines are the sender's own. A quotation without marks at its
 * lines, as Outlook writes it, reaches to the end of the mail.
 */
final class QuotedText {
    private static final Pattern QUOTED = Pattern.compile("^ ?(?:>|＞|\\|>)");
    private static final Pattern RULE = Pattern.compile("^(?:[_\u2500\u2014]{5,}|-{10,}|={10,}|\\*{10,})$");
    private static final String DASH = "-_=*\u2010\u2011\u2012\u2013\u2014\u2015\u2500";
    private static final Pattern DASHES = Pattern.compile("^--\\s?$");
    private static final Pattern PROGRAM =
            Pattern.compile("(?i)iphone|ipad|android|outlook|samsung|galaxy|huawei|xiaomi"
                    + "|blackberry|yahoo|proton|gmail|k-9|windows|\\bmail\\b|gmx|web\\.de");
    private static final Pattern LINK = Pattern.compile("<?https?://\\S*");
    private static final int LONGEST_SIGNATURE_LINE = 120;
    private static final int LONGEST_SIGNATURE = 15;
    private static final int LONGEST_BLOCK = 14;

    /** A text with its marked ranges. */
    record Marked(String text, List<TextRange> ranges) {
        /** Whether there is text of a kind, and besides it only signatures. */
        boolean isOnly(Kind kind) {
            int from = 0;
            for (TextRange range : ranges) {
                if (range.kind() != kind && range.kind() != Kind.SIGNATURE
                        || !text.substring(from, range.start()).isBlank()) {
                    return false;
                }
                from = range.end();
            }
            return ranges.stream().anyMatch(range -> range.kind() == kind)
                    && text.substring(from).isBlank();
        }
    }

    private final List<MailLine> lines;
    private final List<String> plain;
    private final @Nullable Kind[] marks;
    private final Introductions introductions;
    private final boolean forwards;

    private QuotedText(List<MailLine> lines, boolean forwards) {
        this.lines = lines;
        this.plain = lines.stream().map(line -> MailWords.plain(line.text())).toList();
        this.marks = new @Nullable Kind[lines.size()];
        this.introductions = new Introductions(lines, plain);
        this.forwards = forwards;
    }

    /** Marks plain text. */
    static Marked of(String text) {
        return of(text.lines().map(line -> new MailLine(line, null)).toList(), false);
    }

    /** @param forwards whether the mail's subject says that it passes on another mail */
    static Marked of(List<MailLine> lines, boolean forwards) {
        QuotedText quoted = new QuotedText(lines, forwards);
        quoted.mark();
        return quoted.text();
    }

    private boolean quoted(int line) {
        return line < lines.size()
                && (lines.get(line).mark() == Kind.QUOTED
                        || lines.get(line).mark() == Kind.FORWARDED
                        || QUOTED.matcher(lines.get(line).text()).find());
    }

    /** The line after the adjacent quoted lines that begin at a line. Single blank lines may stand between them. */
    private int quotationEnd(int from) {
        int i = from;
        while (quoted(i) || i < lines.size() && lines.get(i).blank() && quoted(i + 1)) {
            i++;
        }
        return i;
    }

    private void mark() {
        int own = 0; // the first line that an introduction may begin at
        int i = 0;
        while (i < lines.size()) {
            if (quoted(i)) {
                i = quotation(i);
                own = i;
                continue;
            }
            Heading heading = lines.get(i).blank() ? null : heading(i, own);
            if (heading != null) {
                i = under(heading);
                own = i;
            } else {
                marks[i] = lines.get(i).mark();
                i++;
            }
        }
        signatures();
    }

    /** Marks adjacent quoted lines. A quotation that begins with the heading of a forwarded mail is one. */
    private int quotation(int from) {
        Kind kind = Kind.QUOTED;
        boolean introduced = introduced(from);
        int end = quotationEnd(from);
        boolean beginning = true;
        for (int i = from; i < end; i++) {
            String text = unquoted(plain.get(i));
            if (beginning && !introduced && !text.isEmpty()) {
                if (lines.get(i).mark() == Kind.FORWARDED
                        || MailWords.FORWARDED.matcher(text).find()) {
                    kind = Kind.FORWARDED;
                }
                beginning = false;
            }
            marks[i] = kind;
        }
        return end;
    }

    private boolean introduced(int line) {
        for (int i = line - 1; i >= 0; i--) {
            if (!lines.get(i).blank()) {
                return marks[i] != null;
            }
        }
        return false;
    }

    private static String unquoted(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == '>' || line.charAt(i) == '|' || line.charAt(i) == ' ')) {
            i++;
        }
        return line.substring(i);
    }

    /** What introduces another mail's text: its first and last line. */
    private record Heading(int first, int last, Kind kind) {}

    private @Nullable Heading heading(int i, int own) {
        String text = plain.get(i);
        boolean dashes = !text.isEmpty() && DASH.indexOf(text.charAt(0)) >= 0;
        if (!dashes && text.indexOf(':') < 0 && text.indexOf('：') < 0) {
            return null;
        }
        if (MailWords.FORWARDED.matcher(text).find()) {
            return new Heading(i, blockEnd(next(i)), Kind.FORWARDED);
        }
        if (MailWords.ORIGINAL.matcher(text).find()) {
            return new Heading(i, blockEnd(next(i)), forwardsOnly(i) ? Kind.FORWARDED : Kind.QUOTED);
        }
        int block = RULE.matcher(text).matches() ? next(i) : i;
        int blockEnd = blockEnd(block);
        if (blockEnd >= 0) {
            return new Heading(i, blockEnd, forwards ? Kind.FORWARDED : Kind.QUOTED);
        }
        int first = introductions.startOf(i, own, quoted(next(i)));
        return first < 0 ? null : new Heading(first, i, Kind.QUOTED);
    }

    private boolean forwardsOnly(int line) {
        return forwards && plain.subList(0, line).stream().allMatch(String::isEmpty);
    }

    /** The next line that is not blank. */
    private int next(int line) {
        int i = line + 1;
        while (i < lines.size() && lines.get(i).blank()) {
            i++;
        }
        return i;
    }

    /**
     * The last line of the block that describes another mail (From, Sent, To, Subject in any language) and begins at a
     * line; -1 when there is none. Blank lines stand between the fields where a paragraph is made of each.
     */
    private int blockEnd(int first) {
        if (first >= lines.size()) {
            return -1;
        }
        if (MailWords.FIELDS_IN_LINE.matcher(plain.get(first)).matches()) {
            return first;
        }
        if (!MailWords.FIELD.matcher(plain.get(first)).find()) {
            return -1;
        }
        Set<Field> fields = EnumSet.noneOf(Field.class);
        int last = -1;
        int other = 0;
        for (int i = first; i < Math.min(lines.size(), first + 2 * LONGEST_BLOCK) && other < 3; i++) {
            if (lines.get(i).blank()) {
                continue;
            }
            Matcher field = MailWords.FIELD.matcher(plain.get(i));
            if (field.find()) {
                for (Field one : Field.values()) {
                    if (field.group(one.group) != null) {
                        fields.add(one);
                    }
                }
                last = i;
                other = 0;
            } else {
                // Recipients are wrapped; after a blank line another text begins.
                other += lines.get(i - 1).blank() ? 3 : 1;
            }
        }
        boolean enough = fields.contains(Field.FROM)
                && fields.size() >= 3
                && (fields.contains(Field.SUBJECT) || fields.contains(Field.SENT));
        return enough ? last : -1;
    }

    private enum Field {
        FROM("from"),
        SENT("sent"),
        TO("to"),
        SUBJECT("subject");

        private final String group;

        Field(String group) {
            this.group = group;
        }
    }

    /** Marks a heading and what stands under it, and returns the next line. */
    private int under(Heading heading) {
        int last = Math.max(heading.first(), heading.last());
        Arrays.fill(marks, heading.first(), last + 1, heading.kind());
        int next = next(last);
        boolean quotes = quoted(next);
        int end = quotes ? quotationEnd(next) : lines.size();
        Arrays.fill(marks, quotes ? next : last + 1, end, heading.kind());
        return end;
    }

    private void signatures() {
        boolean end = true; // whether nothing of the sender's own follows before a quotation or the end
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (marks[i] != null) {
                end = true;
            } else if (!lines.get(i).blank()) {
                boolean signature = (end || PROGRAM.matcher(plain.get(i)).find()) && isSignature(plain.get(i));
                if (signature) {
                    marks[i] = Kind.SIGNATURE;
                } else {
                    end = false;
                }
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            if (marks[i] == null && DASHES.matcher(lines.get(i).text()).matches()) {
                Arrays.fill(marks, i, signatureEnd(i), Kind.SIGNATURE);
            }
        }
    }

    private static boolean isSignature(String line) {
        String text = LINK.matcher(line)
                .replaceAll("")
                .replaceAll("[*_\\[\\]<>]", " ")
                .strip();
        return text.length() < LONGEST_SIGNATURE_LINE
                && MailWords.SIGNATURE.matcher(text).matches();
    }

    /** The line after the signature that begins at a line; the line itself when it only divides the mail. */
    private int signatureEnd(int from) {
        int to = from;
        int full = 0;
        while (to < lines.size() && (marks[to] == null || marks[to] == Kind.SIGNATURE)) {
            full += lines.get(to).blank() ? 0 : 1;
            to++;
        }
        boolean proper = lines.get(from).text().equals("-- ");
        return proper || full <= LONGEST_SIGNATURE ? to : from;
    }

    private Marked text() {
        StringBuilder text = new StringBuilder();
        List<TextRange> ranges = new ArrayList<>();
        int first = 0;
        while (first < lines.size() && lines.get(first).blank()) {
            first++;
        }
        int last = lines.size() - 1;
        while (last >= first && lines.get(last).blank()) {
            last--;
        }
        Kind open = null;
        int start = 0;
        for (int i = first; i <= last; i++) {
            Kind kind = marks[i];
            if (kind != open) {
                close(ranges, open, start, text.length());
                open = kind;
                start = text.length();
            }
            text.append(lines.get(i).text().stripTrailing());
            if (i < last) {
                text.append('\n');
            }
        }
        close(ranges, open, start, text.length());
        return new Marked(text.toString(), List.copyOf(ranges));
    }

    private static void close(List<TextRange> ranges, @Nullable Kind kind, int start, int end) {
        if (kind != null && end > start) {
            ranges.add(new TextRange(start, end, kind, null));
        }
    }
}
