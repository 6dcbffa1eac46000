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
import org.avatarengine.files.PrivateFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit log: who did what with the data, when, and with what outcome. One entry per line; entries are only
 * appended. Each entry has a digest over its own content and the previous digest, so a changed, missing or inserted
 * entry is detected. Entries cut off at the end can only be detected with a copy of the last digest.
 *
 * <p>Entries contain no message texts, names of people, or addresses.
 */
public final class AuditLog {
    /** The previous digest of the first entry. */
    private static final String BEGINNING = "0".repeat(64);

    private static final int LONGEST_ENTRY = 4096;

    private static final JsonMapper READER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** The lock for threads of this process. A file lock separates processes. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    private final Clock clock;

    /**
     * An entry of the log.
     *
     * @param number the number of the entry, starting at 1
     * @param at the time
     * @param user the user name in the operating system
     * @param what the action: a command, or a request of the page
     * @param detail the names of the options used
     * @param outcome an exit code, or an HTTP status
     * @param previous the digest of the previous entry
     * @param digest the SHA-256 of all other fields, in hexadecimal
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
            // Each part is preceded by its length, so that text cannot move from one part to another unnoticed.
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
     * The result of a check.
     *
     * @param entries the number of entries
     * @param broken the number of the first unreliable line; null when the log is intact
     * @param last the digest of the last entry; with a copy of it, cut-off entries can be detected
     */
    public record Check(int entries, @Nullable Integer broken, String last) {}

    public AuditLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Adds an entry.
     *
     * @throws VaultException when the log cannot be written
     */
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
                throw new ConfigException("Cannot write the audit log " + file + ": " + e.getMessage() + ".", e);
            }
        }
    }

    private static boolean endsWithLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, channel.size() - 1);
        return one.get(0) == '\n';
    }

    /** The last complete entry; null when there is none. */
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
            return null; // a line cut off when a process was killed, or a tampered line
        }
    }

    /** The newest entries, newest first. */
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

    /** Checks that all entries are present and unchanged. */
    public Check check() {
        String before = BEGINNING;
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            Entry entry = parse(lines.get(i));
            // A line must be exactly as it was written.
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
            throw new ConfigException("Cannot read the audit log " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
