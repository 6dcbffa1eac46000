package org.avatarengine.source.apps.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits an mbox file into mails. Each mail begins with a line "From …" after an empty line (RFC 4155): an address and a
 * date, then the mail's headers. A line of a mail's text that only begins with "From" is none. Programs put a ">" before
 * such lines, which is removed, or state each mail's length ({@code Content-Length}), which is believed if another mail
 * or the end of the file follows. Mails larger than 48 MiB are cut off; the rest is attachments.
 */
final class MboxFile {
    /** The maximum size of a mail in bytes. */
    static final int LARGEST = 48 << 20;

    private static final int PEEK = 600;
    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    /** "Mon May 13 16:30:00 2024", also with a zone, without seconds, or in the order of a mail's own date. */
    private static final String DATE =
            "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\\s+(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
                    + "|Nov|Dec)\\s+\\d{1,2}|\\d{1,2}[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))\\b.{0,60}";

    private static final Pattern DATED = Pattern.compile("(?i)^From (?:.{0,500}?\\s)??" + DATE + "\\R?$");
    private static final Pattern HEADER = Pattern.compile("^(?:>?From |[!-9;-~]{1,80}[ \\t]*:)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^Content-Length:[ \\t]*(\\d{1,9})[ \\t]*\\r?$");

    private final InputStream in;

    /** Bytes that were read ahead, and how many of them were read again. */
    private byte[] ahead = new byte[0];

    private int again;
    private byte[] next = new byte[0];

    /** Whether the file's own separators have a date, as those of all programs of today. */
    private boolean dated;

    MboxFile(InputStream in) {
        this.in = in;
    }

    void read(MailFile.Mails mails) throws IOException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        boolean afterEmpty = true;
        boolean begun = false;
        boolean headers = false;
        byte[] line = readLine();
        next = readLine();
        while (line.length > 0) {
            if (afterEmpty && separates(line, begun)) {
                if (begun) {
                    mails.mail(mail.toByteArray());
                }
                mail.reset();
                begun = true;
                headers = true;
            } else if (begun && mail.size() < LARGEST) {
                int quoted = headers ? 0 : quoted(line, 0);
                mail.write(line, quoted, line.length - quoted);
            }
            afterEmpty = empty(line);
            if (headers && afterEmpty) {
                headers = false;
                stated(mail);
            }
            line = next;
            next = readLine();
        }
        if (begun) {
            mails.mail(mail.toByteArray());
        }
    }

    private static boolean empty(byte[] line) {
        return line.length <= 2 && line.length > 0 && (line[0] == '\n' || line[0] == '\r');
    }

    private boolean separates(byte[] line, boolean begun) {
        if (!startsWith(line, 0)) {
            return false;
        }
        boolean date = DATED.matcher(latin(line)).find();
        if (!begun) {
            dated = date;
            return true;
        }
        return (date || !dated)
                && (next.length == 0
                        || empty(next) && date
                        || HEADER.matcher(latin(next)).find());
    }

    private static String latin(byte[] line) {
        return new String(line, 0, Math.min(line.length, 1000), StandardCharsets.ISO_8859_1);
    }

    /**
     * Adds a mail's text as a whole if its headers state the length. The line that follows the headers is read again,
     * because it begins the text.
     */
    private void stated(ByteArrayOutputStream mail) throws IOException {
        Matcher stated = LENGTH.matcher(mail.toString(StandardCharsets.ISO_8859_1));
        if (!stated.find()) {
            return;
        }
        int length = Integer.parseInt(stated.group(1));
        if (length > LARGEST) {
            return;
        }
        byte[] read = readAhead(length + PEEK);
        if (length <= read.length && endsMail(read, length)) {
            writeText(mail, read, length, hasSeparators(read, length));
            again += length;
        }
        next = readLine();
    }

    /** The next bytes, with the line that is already read; they are read again later. */
    private byte[] readAhead(int bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(next);
        all.write(ahead, again, ahead.length - again);
        if (all.size() < bytes) {
            all.writeBytes(in.readNBytes(bytes - all.size()));
        }
        ahead = all.toByteArray();
        again = 0;
        return ahead;
    }

    private int readByte() throws IOException {
        return again < ahead.length ? ahead[again++] & 0xff : in.read();
    }

    /** Whether a mail may end here: the file ends, or a separator follows. */
    private boolean endsMail(byte[] read, int at) {
        int i = at;
        while (i < read.length && (read[i] == '\n' || read[i] == '\r')) {
            i++;
        }
        boolean atLine = at == 0 || i > at || read[at - 1] == '\n';
        if (i == read.length) {
            return read.length < at + PEEK;
        }
        String rest = new String(read, i, Math.min(PEEK, read.length - i), StandardCharsets.ISO_8859_1);
        return atLine && DATED.matcher(rest.lines().findFirst().orElse("")).find();
    }

    /** Whether lines of the text begin with "From" and nothing before it: then nothing was put before others, either. */
    private static boolean hasSeparators(byte[] text, int length) {
        boolean lineStart = true;
        for (int i = 0; i < length; i++) {
            if (lineStart && startsWith(text, i)) {
                return true;
            }
            lineStart = text[i] == '\n';
        }
        return false;
    }

    private static void writeText(ByteArrayOutputStream mail, byte[] text, int length, boolean asWritten) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (text[i] == '\n' || i == length - 1) {
                int skip = asWritten ? 0 : quoted(text, start);
                mail.write(text, start + skip, i + 1 - start - skip);
                start = i + 1;
            }
        }
    }

    private static boolean startsWith(byte[] line, int at) {
        for (int i = 0; i < FROM.length; i++) {
            if (at + i >= line.length || line[at + i] != FROM[i]) {
                return false;
            }
        }
        return true;
    }

    /** 1 when the line is "&gt;From …" or "&gt;&gt;From …". */
    private static int quoted(byte[] line, int start) {
        int at = start;
        while (at < line.length && line[at] == '>') {
            at++;
        }
        return at > start && startsWith(line, at) ? 1 : 0;
    }

    /** Reads a line with its line break; an empty array at the end. Longer lines are read in pieces of 1 MiB. */
    private byte[] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = readByte();
        while (c >= 0) {
            line.write(c);
            if (c == '\n' || line.size() == 1 << 20) {
                break;
            }
            c = readByte();
        }
        return line.toByteArray();
    }
}
