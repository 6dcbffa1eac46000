package org.avatarengine.app.print;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Passes text on to a terminal, but replaces characters that reorder text, and control characters other than line ends, tabs and the sequences that this
 * program itself writes. Messages come from other people: they must not move the cursor, change the title or the
 * clipboard, or hide other text.
 */
public final class ScreenWriter extends FilterWriter {
    /** Bold, faint, plain, and the start of a progress line. */
    private static final List<String> OWN = List.of("\u001b[1m", "\u001b[2m", "\u001b[0m", "\r\u001b[K", "\r\n");

    private static final char SHOWN = '\uFFFD';

    private final StringBuilder begun = new StringBuilder();

    public ScreenWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        take((char) c);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        write(new String(text, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int next = at;
            while (next < end && begun.isEmpty() && !isControl(text.charAt(next))) {
                next++;
            }
            out.write(text, at, next - at);
            if (next < end) {
                take(text.charAt(next++));
            }
            at = next;
        }
    }

    private static boolean isControl(char c) {
        boolean reorders = c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
        return reorders || Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t';
    }

    private void take(char c) throws IOException {
        begun.append(c);
        String sequence = begun.toString();
        if (OWN.contains(sequence)) {
            begun.setLength(0);
            out.write(sequence);
        } else if (OWN.stream().noneMatch(own -> own.startsWith(sequence))) {
            begun.setLength(0);
            // No own sequence starts with the first character, but one may start with a later character.
            plain(sequence.charAt(0));
            for (int i = 1; i < sequence.length(); i++) {
                take(sequence.charAt(i));
            }
        }
    }

    private void plain(char c) throws IOException {
        out.write(isControl(c) ? SHOWN : c);
    }
}
