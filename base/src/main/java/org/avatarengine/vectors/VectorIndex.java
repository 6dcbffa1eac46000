package org.avatarengine.vectors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.avatarengine.files.WholeFile;
import org.jspecify.annotations.Nullable;

/**
 * Tells at which record of a {@link VectorStore} the vector of a text is. It is an open-addressing table in a
 * memory-mapped file, so it takes no heap: 16 bytes a slot, of which at most two thirds are used.
 *
 * <p>The file holds nothing that the store does not hold. While the table changes, the file is marked as open; only
 * {@link #close} marks it as complete and adds a checksum. So after a crash, or when the file is damaged or belongs to
 * another state of the store, {@link #open} notices it and returns an empty index, which the store fills again.
 *
 * <p>Several threads can look up records as long as none adds any.
 */
final class VectorIndex implements AutoCloseable {
    /** Gives the key of a record of the store. */
    @FunctionalInterface
    interface Keys {
        long at(long record) throws IOException;
    }

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final long FORMAT = 0x4156_4543_4958_0001L;
    private static final long OPEN = 1;
    private static final long COMPLETE = 2;

    /** Where the numbers of the header are. */
    private static final int STATE = 8;

    private static final int SLOTS = 16;
    private static final int TEXTS = 24;
    private static final int COVERED = 32;
    private static final int LAST_KEY = 40;
    private static final int TABLE_SUM = 48;
    private static final int HEADER_SUM = 56;
    private static final int HEADER = 64;

    private static final int SLOT = 2 * Long.BYTES;
    private static final long LEAST_SLOTS = 1024;
    private static final long MOST_SLOTS = 1L << 31;
    private static final int BLOCK = 1 << 20;

    private final @Nullable Path path;
    private MemorySegment all;
    private long slots;
    private long texts;
    private long covered;
    private long lastKey;
    private boolean changed;

    private VectorIndex(@Nullable Path path, MemorySegment all) {
        this.path = path;
        this.all = all;
        this.slots = all.get(LONG, SLOTS);
        this.texts = all.get(LONG, TEXTS);
        this.covered = all.get(LONG, COVERED);
        this.lastKey = all.get(LONG, LAST_KEY);
    }

    /**
     * Opens the index in a file. When the file is missing, damaged, incomplete or no index of this store, it is replaced
     * by an empty one.
     *
     * @param records how many records the store has
     */
    static VectorIndex open(Path path, long records, Keys keys) throws IOException {
        VectorIndex index = read(path);
        if (index != null) {
            boolean fits =
                    index.covered <= records && (index.covered == 0 || keys.at(index.covered - 1) == index.lastKey);
            if (fits) {
                return index;
            }
        }
        return create(path, slotsFor(records));
    }

    /** An empty index in memory outside the heap, for as long as it is open. */
    static VectorIndex inMemory(long records) throws IOException {
        return create(null, slotsFor(records));
    }

    private static long slotsFor(long texts) {
        long slots = LEAST_SLOTS;
        while (3 * (texts + 1) > 2 * slots) {
            slots *= 2;
        }
        return slots;
    }

    /** The index in a file; null when there is none or it cannot be trusted. */
    private static @Nullable VectorIndex read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (file.size() < HEADER) {
                return null;
            }
            MemorySegment all = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size(), Arena.ofAuto());
            long slots = all.get(LONG, SLOTS);
            boolean trusted = all.get(LONG, 0) == FORMAT
                    && all.get(LONG, STATE) == COMPLETE
                    && all.get(LONG, HEADER_SUM) == sum(all, 0, HEADER_SUM)
                    && Long.bitCount(slots) == 1
                    && slots >= LEAST_SLOTS
                    && slots <= MOST_SLOTS
                    && file.size() == HEADER + slots * SLOT
                    && all.get(LONG, TABLE_SUM) == sum(all, HEADER, slots * SLOT);
            return trusted ? new VectorIndex(path, all) : null;
        }
    }

    private static VectorIndex create(@Nullable Path path, long slots) throws IOException {
        return new VectorIndex(path, empty(path, slots));
    }

    /** Makes an empty table; in place of the file, if any, which those who opened it before still see as it was. */
    private static MemorySegment empty(@Nullable Path path, long slots) throws IOException {
        if (slots > MOST_SLOTS) {
            throw new IOException("There are more sentence vectors than the index can hold.");
        }
        long size = HEADER + slots * SLOT;
        if (path == null) {
            return begun(Arena.ofAuto().allocate(size, Long.BYTES), slots);
        }
        Path next = WholeFile.part(path);
        Files.deleteIfExists(next);
        MemorySegment all;
        try (FileChannel file = FileChannel.open(
                next, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Written, not only mapped: on a full disk this fails here, with a message, and not at some later access.
            ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
            for (long at = 0; at < size; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(BLOCK, size - at));
                while (zeros.hasRemaining()) {
                    file.write(zeros, at + zeros.position());
                }
            }
            all = begun(file.map(FileChannel.MapMode.READ_WRITE, 0, size, Arena.ofAuto()), slots);
        }
        WholeFile.publish(next, path);
        return all;
    }

    private static MemorySegment begun(MemorySegment all, long slots) {
        all.set(LONG, 0, FORMAT);
        all.set(LONG, STATE, OPEN);
        all.set(LONG, SLOTS, slots);
        return all;
    }

    private static long sum(MemorySegment all, long from, long size) {
        CRC32C sum = new CRC32C();
        for (long at = from; at < from + size; at += BLOCK) {
            sum.update(all.asSlice(at, Math.min(BLOCK, from + size - at)).asByteBuffer());
        }
        return sum.getValue();
    }

    /** How many texts have a record. */
    long texts() {
        return texts;
    }

    /** How many records of the store, from its start, are in the index. */
    long covered() {
        return covered;
    }

    /** The record of a text; -1 when it has none. */
    long find(long key) {
        long record = all.get(LONG, slot(key) + Long.BYTES);
        return record - 1;
    }

    /** The offset of the slot of a key, or of the free slot where it belongs. */
    private long slot(long key) {
        long slot = key & slots - 1;
        while (true) {
            long at = HEADER + slot * SLOT;
            if (all.get(LONG, at + Long.BYTES) == 0 || all.get(LONG, at) == key) {
                return at;
            }
            slot = slot + 1 & slots - 1;
        }
    }

    /** Sets the record of a text, in place of the one it had. */
    void put(long key, long record) throws IOException {
        if (!changed) {
            begin();
        }
        if (3 * (texts + 1) > 2 * slots) {
            grow();
        }
        if (set(key, record)) {
            texts++;
        }
        if (record == covered) {
            covered++;
            lastKey = key;
        }
    }

    private boolean set(long key, long record) {
        long at = slot(key);
        boolean free = all.get(LONG, at + Long.BYTES) == 0;
        all.set(LONG, at, key);
        all.set(LONG, at + Long.BYTES, record + 1);
        return free;
    }

    /** Marks the file as open before its table changes. */
    private void begin() {
        changed = true;
        if (path != null && all.get(LONG, STATE) != OPEN) {
            all.set(LONG, STATE, OPEN);
            all.asSlice(0, HEADER).force();
        }
    }

    private void grow() throws IOException {
        MemorySegment old = all;
        long oldSlots = slots;
        all = empty(path, 2 * slots);
        slots *= 2;
        for (long slot = 0; slot < oldSlots; slot++) {
            long record = old.get(LONG, HEADER + slot * SLOT + Long.BYTES);
            if (record != 0) {
                set(old.get(LONG, HEADER + slot * SLOT), record - 1);
            }
        }
    }

    /** Completes the file, if it changed. */
    @Override
    public void close() {
        if (changed && path != null) {
            all.set(LONG, TEXTS, texts);
            all.set(LONG, COVERED, covered);
            all.set(LONG, LAST_KEY, lastKey);
            all.set(LONG, TABLE_SUM, sum(all, HEADER, slots * SLOT));
            all.force();
            all.set(LONG, STATE, COMPLETE);
            all.set(LONG, HEADER_SUM, sum(all, 0, HEADER_SUM));
            all.asSlice(0, HEADER).force();
        }
    }
}
