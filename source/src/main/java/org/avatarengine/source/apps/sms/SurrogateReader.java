package org.avatarengine.source.apps.sms;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * Repairs emoji of older versions of the app, which are written as two numbers, {@code &#55357;&#56832;}, one per
 * surrogate. This is not valid XML. The reader replaces them by the character; a single surrogate becomes U+FFFD.
 * Elements with more than 64 Mi characters, such as a picture of 48 MB, are refused, because they would be in memory as
 * a whole.
 */
final class SurrogateReader extends Reader {
    private static final int LONGEST = 8; // &#55357;

    private static final int LARGEST_ELEMENT = 64 << 20;

    private final PushbackReader in;
    private int pending = -1;
    private int element;

    SurrogateReader(Reader in) {
        this.in = new PushbackReader(in, 2 * LONGEST);
    }

    @Override
    public int read() throws IOException {
        if (pending >= 0) {
            int c = pending;
            pending = -1;
            return c;
        }
        int c = in.read();
        if (c != '&') {
            element = c == '>' ? 0 : element + 1;
            if (element > LARGEST_ELEMENT) {
                throw new IOException("an element of the file is larger than any message");
            }
            return c;
        }
        int high = half();
        if (high < 0) {
            return '&';
        }
        if (Character.isHighSurrogate((char) high)) {
            int next = in.read();
            int low = next == '&' ? half() : -1;
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                pending = low;
                return high;
            }
            if (low >= 0) {
                pending = '\ufffd';
            } else if (next >= 0) {
                in.unread(next);
            }
        }
        return '\ufffd';
    }

    /** Reads the surrogate after an ampersand. Returns -1, and reads nothing, when there is none. */
    private int half() throws IOException {
        char[] read = new char[LONGEST];
        int length = 0;
        while (length < LONGEST) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            read[length++] = (char) c;
            if (c == ';') {
                String text = new String(read, 0, length);
                if (text.matches("#\\d{5};")) {
                    int value = Integer.parseInt(text.substring(1, 6));
                    if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
                        return value;
                    }
                }
                break;
            }
        }
        in.unread(read, 0, length);
        return -1;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int n = 0;
        while (n < length) {
            int c = read();
            if (c < 0) {
                return n == 0 && length > 0 ? -1 : n;
            }
            buffer[offset + n++] = (char) c;
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
