package org.avatarengine.source.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a text in UTF-8. No line may be longer than a MiB, so that a file of one endless line is refused. */
public final class Lines implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private final BufferedReader in;
    private final StringBuilder line = new StringBuilder();
    private long number;
    private int pending = -1;

    public Lines(InputStream in) throws IOException {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
        int first = this.in.read();
        pending = first == '\ufeff' ? -1 : first;
    }

    /** The next line without its end; null at the end of the text. */
    public @Nullable String next() throws IOException {
        line.setLength(0);
        int c = pending >= 0 ? pending : in.read();
        pending = -1;
        if (c < 0) {
            return null;
        }
        number++;
        while (c >= 0 && c != '\n') {
            if (line.length() == LONGEST) {
                throw new IOException("line " + number + " is longer than any message");
            }
            line.append((char) c);
            c = in.read();
        }
        int length = line.length();
        return line.substring(0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
    }

    /** The number of the line that was read last, from 1. */
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
