package org.avatarengine.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.vault.PrivateFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says who did what with the data, when, and how it ended: one entry a line, only ever added to. Each entry has a digest
 * over itself and the digest before it, so that one which is changed, left out or put in between shows. Of entries that are
 * cut off at the end only a copy of the last digest can tell.
 *
 * <p>No entry holds texts, names of people, or addresses.
 */
public final class AuditLog {
    /** What the first entry follows. */
    private static final String BEGINNING = "0".repeat(64);

    private static final int LONGEST_ENTRY = 4096;

    private static final JsonMapper READER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** Processes wait for each other by a lock on the file; threads of one process by this. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    private final Clock clock;

    /**
     * Something that was done.
     *
     * @param number counts up from 1
     * @param user of the operating system
     * @param what was done: a command, or a request of the page
     * @param detail the options that were given, by their names
     * @param outcome how it ended: an exit code, or a status of HTTP
     * @param previous the digest of the entry before
     * @param digest SHA-256, in hexadecimal, over all the others
     */
    public record Entry(
            long number,
            Instant at,
            String user,
            String what,
            List<String> detail,
            int outcome,
            String previous,
            String digest) {
        private static Entry of(
                long number, Instant at, String user, String what, List<String> detail, int outcome, String previous) {
            return new Entry(
                    number,
                    at,
                    user,
                    what,
                    detail,
                    outcome,
                    previous,
                    digest(number, at, user, what, detail, outcome, previous));
        }

        private static String digest(
                long number, Instant at, String user, String what, List<String> detail, int outcome, String previous) {
            // Each part with its length before it, so that none can take over a part of another.
            StringBuilder all = new StringBuilder();
            List<String> parts = new ArrayList<>(
                    List.of(String.valueOf(number), at.toString(), user, what, String.valueOf(outcome), previous));
            parts.addAll(detail);
            parts.forEach(part -> all.append(part.length()).append(':').append(part));
            return DigestUtils.sha256Hex(all.toString());
        }

        private boolean follows(String before, long at) {
            return number == at
                    && previous.equals(before)
                    && digest.equals(digest(number, this.at, user, what, detail, outcome, previous));
        }
    }

    /**
     * What checking found.
     *
     * @param entries how many there are
     * @param broken the number of the line from which on it cannot be relied on; null when all is right
     * @param last the digest of the last entry; whoever keeps a copy can tell whether entries were cut off
     */
    public record Check(int entries, @Nullable Integer broken, String last) {}

    public AuditLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Adds an entry. */
    public Entry add(String user, String what, List<String> detail, int outcome) {
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                PrivateFiles.tighten(file);
                Entry last = lock.isValid() ? last(channel) : null;
                Entry entry = Entry.of(
                        last == null ? 1 : last.number + 1,
                        clock.instant(),
                        user,
                        what,
                        List.copyOf(detail),
                        outcome,
                        last == null ? BEGINNING : last.digest);
                String begin = channel.size() > 0 && !endsWithLine(channel) ? "\n" : "";
                channel.write(
                        ByteBuffer.wrap((begin + JsonMapper.shared().writeValueAsString(entry) + "\n")
                                .getBytes(StandardCharsets.UTF_8)),
                        channel.size());
                channel.force(false);
                return entry;
            } catch (IOException e) {
                throw new ConfigException(
                        "The record of what was done, " + file + ", cannot be written: " + e.getMessage() + ".", e);
            }
        }
    }

    private static boolean endsWithLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, channel.size() - 1);
        return one.get(0) == '\n';
    }

    /** The last entry that is whole; null when there is none. */
    private static @Nullable Entry last(FileChannel channel) throws IOException {
        long from = Math.max(0, channel.size() - 2 * LONGEST_ENTRY);
        channel.position(from);
        String end = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        String[] lines = end.split("\n");
        for (int i = lines.length - 1; i >= 0; i--) {
            Entry entry = parse(lines[i]);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private static @Nullable Entry parse(String line) {
        try {
            return READER.readValue(line, Entry.class);
        } catch (JacksonException e) {
            return null; // half a line of a process that was killed, or one that was tampered with
        }
    }

    /** The entries, the newest first. */
    public List<Entry> newest(int most) {
        List<Entry> entries = new ArrayList<>();
        for (String line : lines().reversed()) {
            Entry entry = entries.size() < most ? parse(line) : null;
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Whether all entries are there as they were added. */
    public Check check() {
        String before = BEGINNING;
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            Entry entry = parse(lines.get(i));
            // A line has to be as it was written, to the letter.
            if (entry == null
                    || !entry.follows(before, i + 1L)
                    || !JsonMapper.shared().writeValueAsString(entry).equals(lines.get(i))) {
                return new Check(lines.size(), i + 1, before);
            }
            before = entry.digest;
        }
        return new Check(lines.size(), null, before);
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new ConfigException(
                    "The record of what was done, " + file + ", cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
