package org.avatarengine.source.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a UTF-8 text. A line may have at most 1 MiB, so that a file with an endless line is refused. */
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

    /** The next line without its line break; null at the end of the text. */
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

    /** The number of the last line read, starting at 1. */
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
