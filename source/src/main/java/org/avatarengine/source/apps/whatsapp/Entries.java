package org.avatarengine.source.apps.whatsapp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.archive.Archive;
import org.avatarengine.source.archive.Lines;
import org.jspecify.annotations.Nullable;

/**
 * The messages and notices of a file, one after the other. Not every line that looks like the beginning of a message is
 * one: people paste parts of other chats. Such lines belong to the message in which they were pasted. They are
 * recognized by another layout than that of the file, or by a time long before that of the lines around them.
 */
final class Entries implements AutoCloseable {
    /** Well above the app's limit of 65,536 characters. */
    private static final int LONGEST = 1 << 20;

    /** How far a pasted line goes back at least. A chat is in order of time, apart from minutes. */
    private static final Duration BACK = Duration.ofHours(12);

    /** The maximum number of pasted messages. More of them are a chat that is out of order. */
    private static final int MOST_PASTED = 20;

    private final Archive archive;
    private final Archive.Entry file;
    private final @Nullable Dates dates;
    private final Lines in;
    private final List<Entry> ahead = new ArrayList<>();
    private @Nullable String line;
    private @Nullable Boolean bracketed;

    /**
     * A message or a notice.
     *
     * @param rest all its lines, without the header
     * @param line its first line, with the header
     * @param row the number of its first line
     * @param parts for a message in which others were pasted, all of them as they stand in the file; else empty
     */
    record Entry(Header header, String rest, String line, long row, List<Entry> parts) {
        String first() {
            return rest.lines().findFirst().orElse("");
        }

        private Entry with(Entry pasted) {
            String below = pasted.rest.substring(pasted.first().length());
            List<Entry> all = new ArrayList<>(parts.isEmpty() ? List.of(this) : parts);
            all.add(pasted);
            return new Entry(header, rest + "\n" + pasted.line + below, line, row, all);
        }
    }

    /** @param dates the format of the dates; null while it is not known, when pasted lines are not recognized by time */
    Entries(Archive archive, Archive.Entry file, @Nullable Dates dates) throws IOException {
        this.archive = archive;
        this.file = file;
        this.dates = dates;
        this.in = new Lines(archive.open(file));
        this.line = in.next();
    }

    /** The next one; null at the end. */
    @Nullable
    Entry next() throws IOException, SourceException {
        Entry entry = peek(0);
        if (entry == null) {
            return null;
        }
        ahead.removeFirst();
        for (int pasted = pasted(entry); pasted > 0; pasted--) {
            entry = entry.with(ahead.removeFirst());
        }
        return entry;
    }

    private int pasted(Entry entry) throws IOException, SourceException {
        Instant at = dates == null ? null : dates.at(entry.header);
        if (dates == null || at == null) {
            return 0;
        }
        Instant bound = at.minus(BACK);
        for (int i = 0; i < MOST_PASTED; i++) {
            Entry next = peek(i);
            Instant then = next == null ? null : dates.at(next.header);
            if (next == null || then == null) {
                return 0;
            }
            if (!then.isBefore(bound)) {
                return i;
            }
            if (Sender.of(next.first()) == null) {
                return 0;
            }
        }
        return 0;
    }

    private @Nullable Entry peek(int index) throws IOException, SourceException {
        while (ahead.size() <= index) {
            Entry entry = read();
            if (entry == null) {
                return null;
            }
            ahead.add(entry);
        }
        return ahead.get(index);
    }

    private @Nullable Entry read() throws IOException, SourceException {
        Header header = null;
        while (line != null && header == null) {
            header = header(line);
            if (header == null) {
                line = in.next(); // before the first message
            }
        }
        if (header == null) {
            return null;
        }
        String begin = String.valueOf(line);
        long row = in.number();
        StringBuilder rest = new StringBuilder(header.rest());
        line = in.next();
        while (line != null && header(line) == null) {
            if (rest.length() > LONGEST) {
                throw new SourceException(archive.where(file) + ", line " + row
                        + ": this is longer than any message. Use the unchanged file from the app.");
            }
            rest.append('\n').append(line);
            line = in.next();
        }
        return new Entry(
                header, line == null ? rest.toString().stripTrailing() : rest.toString(), begin, row, List.of());
    }

    private @Nullable Header header(String text) {
        Header header = Header.of(text);
        if (header == null) {
            return null;
        }
        if (bracketed == null) {
            bracketed = header.bracketed();
        }
        return header.bracketed() == bracketed ? header : null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
