package org.avatarengine.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches the bytes of files for passages of texts, in UTF-8 and UTF-16. Of each text a passage of {@value #LENGTH}
 * bytes from its middle is looked for, with a rolling hash (Karp and Rabin 1987), so that a search for thousands of
 * passages reads each file once.
 */
public final class TraceSearch {
    /** The length of a passage in bytes. Shorter texts are not looked for, because they occur by chance. */
    public static final int LENGTH = 24;

    private static final long BASE = 1_000_003;
    private static final int BUFFER = 1 << 16;

    /**
     * The outcome.
     *
     * @param files the number of files read
     * @param bytes the number of bytes read
     * @param found the files that contain a passage
     */
    public record Searched(int files, long bytes, List<Path> found) {}

    private final Map<Long, List<byte[]>> passages = new HashMap<>();
    private int count;

    /** The number of passages to look for, in one encoding. */
    public int size() {
        return count;
    }

    /** Adds a passage of a text. Nothing is added for a short text. */
    public void add(String text) {
        boolean added = false;
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            byte[] bytes = text.getBytes(charset);
            int from = (bytes.length - LENGTH) / 2 & ~1; // a code unit of UTF-16 is not split
            if (from >= 0 && bytes.length >= LENGTH) {
                byte[] passage = Arrays.copyOfRange(bytes, from, from + LENGTH);
                List<byte[]> same = passages.computeIfAbsent(hash(passage), hash -> new ArrayList<>());
                if (same.stream().noneMatch(one -> Arrays.equals(one, passage))) {
                    same.add(passage);
                    added |= charset.equals(StandardCharsets.UTF_8);
                }
            }
        }
        count += added ? 1 : 0;
    }

    /** Leaves out the passages that also occur in a text that stays. */
    public void leaveOut(String text) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            byte[] bytes = text.getBytes(charset);
            if (bytes.length >= LENGTH) {
                new Scan(bytes).matches().forEach((hash, passage) -> {
                    List<byte[]> same = passages.get(hash);
                    if (same != null && same.removeIf(one -> Arrays.equals(one, passage))) {
                        count -= charset.equals(StandardCharsets.UTF_8) ? 1 : 0;
                        if (same.isEmpty()) {
                            passages.remove(hash);
                        }
                    }
                });
            }
        }
    }

    /** Reads all files in a folder. Files that vanish meanwhile are left out. */
    public Searched in(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        long[] read = new long[2];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    if (contains(file)) {
                        found.add(file);
                    }
                    read[0]++;
                    read[1] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return new Searched((int) read[0], read[1], found);
    }

    private boolean contains(Path file) throws IOException {
        byte[] buffer = new byte[LENGTH + BUFFER];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int length = in.readNBytes(buffer, kept, BUFFER);
                if (length == 0) {
                    return false;
                }
                int end = kept + length;
                if (!new Scan(buffer, end).matches().isEmpty()) {
                    return true;
                }
                kept = Math.min(LENGTH - 1, end);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
    }

    private static long hash(byte[] bytes) {
        long hash = 0;
        for (byte one : bytes) {
            hash = hash * BASE + one;
        }
        return hash;
    }

    /** Finds passages in an array of bytes. */
    private final class Scan {
        private final byte[] bytes;
        private final int end;

        Scan(byte[] bytes) {
            this(bytes, bytes.length);
        }

        Scan(byte[] bytes, int end) {
            this.bytes = bytes;
            this.end = end;
        }

        Map<Long, byte[]> matches() {
            Map<Long, byte[]> matches = new HashMap<>();
            if (end < LENGTH) {
                return matches;
            }
            long first = 1;
            for (int i = 1; i < LENGTH; i++) {
                first *= BASE;
            }
            long hash = 0;
            for (int i = 0; i < end; i++) {
                if (i >= LENGTH) {
                    hash -= bytes[i - LENGTH] * first;
                }
                hash = hash * BASE + bytes[i];
                List<byte[]> candidates = i >= LENGTH - 1 ? passages.get(hash) : null;
                if (candidates != null) {
                    int from = i - LENGTH + 1;
                    for (byte[] candidate : candidates) {
                        if (Arrays.equals(bytes, from, i + 1, candidate, 0, LENGTH)) {
                            matches.put(hash, candidate);
                        }
                    }
                }
            }
            return matches;
        }
    }
}
