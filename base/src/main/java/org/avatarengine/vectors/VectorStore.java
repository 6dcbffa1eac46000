package org.avatarengine.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.avatarengine.files.WholeFile;
import org.jspecify.annotations.Nullable;

/**
 * Sentence vectors on disk, by their text, so that each text is computed once. A file that only grows: for each text a
 * 64-bit digest, a scale and one byte a dimension (the error of a cosine is about 0.002). What a killed process left half
 * written at the end is cut off at the next start. The file holds no text.
 *
 * <p>Where the vector of a text is, is kept in a second file, a {@link VectorIndex}, so the number of vectors takes no
 * heap. That file is built again from the first one when it is missing, damaged or out of date. Who opens a store that is
 * already open has an index of their own in memory, for as long as they need it.
 */
public final class VectorStore implements AutoCloseable {
    private static final int KEY = Long.BYTES;
    private static final String FILE = ".vectors";
    private static final String INDEX = ".vectors.index";

    /** How many records are read at once. */
    private static final int BLOCK = 1024;

    private final FileChannel file;
    private final int dimensions;
    private final int width;
    private final VectorIndex index;

    private VectorStore(FileChannel file, Path indexFile, int dimensions) throws IOException {
        this.file = file;
        this.dimensions = dimensions;
        this.width = KEY + Float.BYTES + dimensions;
        boolean alone = lock(file);
        long records = file.size() / width;
        if (alone && records * width < file.size()) {
            file.truncate(records * width);
        }
        this.index = alone ? VectorIndex.open(indexFile, records, this::keyAt) : VectorIndex.inMemory(records);
        boolean complete = false;
        try {
            addToIndex(records);
            complete = true;
        } finally {
            if (!complete) {
                index.close();
            }
        }
    }

    /** Whether nobody else has the file open; if so, it is locked until it is closed. */
    private static boolean lock(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // open elsewhere in this process
        }
    }

    private long keyAt(long record) throws IOException {
        ByteBuffer key = ByteBuffer.allocate(KEY);
        readFully(key, record * width);
        return key.getLong(0);
    }

    /** Adds the records, up to a number, that the index does not have yet. */
    private void addToIndex(long records) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(width * BLOCK);
        for (long record = index.covered(); record < records; ) {
            int count = (int) Math.min(BLOCK, records - record);
            block.clear().limit(count * width);
            readFully(block, record * width);
            for (int i = 0; i < count; i++) {
                index.put(block.getLong(i * width), record++);
            }
        }
    }

    private void readFully(ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position()) < 0) {
                throw new IOException("The file of sentence vectors is incomplete.");
            }
        }
        into.flip();
    }

    /** Opens the vectors of a model in a folder. Creates the folder if it does not exist. */
    public static VectorStore open(Path folder, String model, int dimensions) {
        FileChannel file = null;
        boolean opened = false;
        try {
            Files.createDirectories(folder);
            file = FileChannel.open(
                    folder.resolve(model + FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            VectorStore store = new VectorStore(file, folder.resolve(model + INDEX), dimensions);
            opened = true;
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException("The sentence vectors in " + folder + " cannot be opened.", e);
        } finally {
            if (file != null && !opened) {
                close(file);
            }
        }
    }

    /** The number of texts with a vector. */
    public int size() {
        return Math.toIntExact(index.texts());
    }

    /** Whether a text has a vector. */
    public boolean has(String text) {
        return index.find(key(text)) >= 0;
    }

    /** The vector of a text, of length 1 except for rounding; null when there is none. */
    public float @Nullable [] get(String text) {
        long record = index.find(key(text));
        if (record < 0) {
            return null;
        }
        ByteBuffer values = ByteBuffer.allocate(width - KEY);
        try {
            readFully(values, record * width + KEY);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the sentence vectors.", e);
        }
        float scale = values.getFloat();
        float[] vector = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            vector[d] = values.get() * scale;
        }
        return vector;
    }

    /** Stores the vectors of texts. They can be read immediately. */
    public void put(List<String> texts, List<float[]> vectors) {
        long[] keys = new long[texts.size()];
        ByteBuffer out = ByteBuffer.allocate(texts.size() * width);
        for (int i = 0; i < keys.length; i++) {
            float[] vector = vectors.get(i);
            float largest = 1e-9f;
            for (float value : vector) {
                largest = Math.max(largest, Math.abs(value));
            }
            float scale = largest / Byte.MAX_VALUE;
            keys[i] = key(texts.get(i));
            out.putLong(keys[i]).putFloat(scale);
            for (float value : vector) {
                out.put((byte) Math.round(value / scale));
            }
        }
        try {
            // What a full disk left half written is written over.
            long first = file.size() / width;
            out.flip();
            while (out.hasRemaining()) {
                file.write(out, first * width + out.position());
            }
            for (int i = 0; i < keys.length; i++) {
                index.put(keys[i], first + i);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the sentence vectors.", e);
        }
    }

    /**
     * Removes all vectors except those of some texts. The file is replaced atomically. It must not be open elsewhere.
     *
     * @param keep called with a consumer that it must pass all texts to keep
     * @return the number of removed vectors
     */
    public static int retain(Path folder, String model, int dimensions, Consumer<Consumer<String>> keep) {
        Path whole = folder.resolve(model + FILE);
        if (!Files.exists(whole)) {
            return 0;
        }
        try (VectorStore store = open(folder, model, dimensions)) {
            BitSet kept = new BitSet();
            keep.accept(text -> {
                long record = store.index.find(key(text));
                if (record >= 0) {
                    kept.set(Math.toIntExact(record));
                }
            });
            int gone = store.size() - kept.cardinality();
            if (gone > 0) {
                // First, since an index that outlived the old file would point to wrong places in the new one.
                Files.deleteIfExists(folder.resolve(model + INDEX));
                WholeFile.write(whole, out -> store.copy(kept, out));
            }
            return gone;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot rewrite the sentence vectors in " + folder + ".", e);
        }
    }

    /** Writes some records to another file. */
    private void copy(BitSet records, OutputStream to) throws IOException {
        ByteBuffer values = ByteBuffer.allocate(width);
        for (int record = records.nextSetBit(0); record >= 0; record = records.nextSetBit(record + 1)) {
            values.clear();
            readFully(values, (long) record * width);
            to.write(values.array());
        }
    }

    /** The digest by which the vector of a text is found. */
    public static long key(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            index.close();
        } finally {
            close(file);
        }
    }
}
