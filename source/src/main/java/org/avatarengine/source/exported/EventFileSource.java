package org.avatarengine.source.exported;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.event.Event;
import org.avatarengine.source.Batch;
import org.avatarengine.source.BatchSink;
import org.avatarengine.source.Digest;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import tools.jackson.core.JacksonException;

/** A file of events written by {@link EventExport}. Positions are line numbers; the header is line 1. */
public final class EventFileSource implements Source {
    private static final int BATCH = 4096;

    private final Path file;
    private final String id;
    private final long lines;

    private EventFileSource(Path file, String id, long lines) {
        this.file = file;
        this.id = id;
        this.lines = lines;
    }

    /** Whether a file's first line is the header of an export. */
    public static boolean recognizes(String firstLine) {
        return firstLine.contains("\"avatar-engine-events/");
    }

    /** @throws SourceException when the file is not an export, or has a newer format than this program supports */
    public static EventFileSource open(Path file) throws SourceException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            EventLines.Header header =
                    EventLines.JSON.readValue(String.valueOf(in.readLine()), EventLines.Header.class);
            if (!EventLines.Header.CURRENT.equals(header.format())) {
                throw new SourceException(file + " has the format " + header.format() + ". This program reads "
                        + EventLines.Header.CURRENT + ". Install the newest version of the program.");
            }
            try (Stream<String> all = Files.lines(file, StandardCharsets.UTF_8)) {
                return new EventFileSource(file, header.source() + "@" + Digest.of(file), all.count());
            }
        } catch (JacksonException e) {
            throw new SourceException(file + ", line 1: this is not the header of an event export.", e);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unreadable(file, e);
        }
    }

    static SourceException unreadable(Path file, Exception e) {
        return SourceException.unreadable(file, e, "Save it as UTF-8 and try again.");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long remaining(Position from) {
        return Math.max(0, lines - Math.max(1, from.row()));
    }

    @Override
    public void read(Position from, BatchSink sink) throws SourceException, InterruptedException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            long line = 0;
            List<Event> events = new ArrayList<>(BATCH);
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                if (line <= Math.max(1, from.row())) {
                    continue;
                }
                events.add(event(text, line));
                if (events.size() == BATCH) {
                    if (!deliver(events, line, sink)) {
                        return;
                    }
                    events = new ArrayList<>(BATCH);
                }
            }
            if (!events.isEmpty()) {
                deliver(events, line, sink);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static boolean deliver(List<Event> events, long line, BatchSink sink) throws InterruptedException {
        return sink.accept(new Batch(events, new Position(line, events.getLast().id(), 0)));
    }

    private Event event(String text, long line) throws SourceException {
        try {
            return EventLines.read(text);
        } catch (JacksonException e) {
            throw new SourceException(
                    file + ", line " + line + ": this is not an event ("
                            + e.getClass().getSimpleName()
                            + "). All lines before it are stored. Correct the line and run the command again.",
                    e);
        }
    }

    @Override
    public void close() {
        // Nothing to close: files are open only while they are read.
    }
}
