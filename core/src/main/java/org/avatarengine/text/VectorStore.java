package org.avatarengine.text;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sentence vectors on disk, by their text, so that each text is computed once. A file that only grows: for each text a
 * 64-bit digest, a scale and one byte a dimension (the error of a cosine is about 0.002). What a killed process left half
 * written at the end is cut off at the next start. The file holds no text.
 */
public final class VectorStore implements AutoCloseable {
    private static final int KEY = Long.BYTES;
    private static final String FILE = ".vectors";

    private final FileChannel file;
    private final int dimensions;
    private final int width;
    private final Map<Long, Long> places = new HashMap<>();

    private VectorStore(FileChannel file, int dimensions) throws IOException {
        this.file = file;
        this.dimensions = dimensions;
        this.width = KEY + Float.BYTES + dimensions;
        long whole = file.size() / width * width;
        if (whole < file.size()) {
            file.truncate(whole);
        }
        ByteBuffer block = ByteBuffer.allocate(width * 1024);
        for (long at = 0; at < whole; at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), whole - at));
            readFully(block, at);
            for (int i = 0; i < block.limit(); i += width) {
                places.put(block.getLong(i), at + i);
            }
        }
    }

    private void readFully(ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position()) < 0) {
                throw new IOException("The file of sentence vectors ended early.");
            }
        }
        into.flip();
    }

    /** Opens the vectors of a model in a folder, which is made when missing. */
    public static VectorStore open(Path folder, String model, int dimensions) {
        try {
            Files.createDirectories(folder);
            return new VectorStore(
                    FileChannel.open(
                            folder.resolve(model + FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE),
                    dimensions);
        } catch (IOException e) {
            throw new UncheckedIOException("The sentence vectors in " + folder + " cannot be opened.", e);
        }
    }

    /** How many texts have a vector. */
    public int size() {
        return places.size();
    }

    /** Whether a text has a vector. */
    public boolean has(String text) {
        return places.containsKey(key(text));
    }

    /** The vector of a text, of length 1 but for rounding; null when it has none. */
    public float @Nullable [] get(String text) {
        Long place = places.get(key(text));
        if (place == null) {
            return null;
        }
        ByteBuffer record = ByteBuffer.allocate(width - KEY);
        try {
            readFully(record, place + KEY);
        } catch (IOException e) {
            throw new UncheckedIOException("The sentence vectors cannot be read.", e);
        }
        float scale = record.getFloat();
        float[] vector = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            vector[d] = record.get() * scale;
        }
        return vector;
    }

    /** Stores the vectors of texts; they can be read from then on. */
    public void put(List<String> texts, List<float[]> vectors) {
        ByteBuffer out = ByteBuffer.allocate(texts.size() * width);
        for (int i = 0; i < texts.size(); i++) {
            float[] vector = vectors.get(i);
            float largest = 1e-9f;
            for (float value : vector) {
                largest = Math.max(largest, Math.abs(value));
            }
            float scale = largest / Byte.MAX_VALUE;
            out.putLong(key(texts.get(i))).putFloat(scale);
            for (float value : vector) {
                out.put((byte) Math.round(value / scale));
            }
        }
        try {
            long end = file.size();
            out.flip();
            while (out.hasRemaining()) {
                file.write(out, end + out.position());
            }
            for (int i = 0; i < texts.size(); i++) {
                places.put(key(texts.get(i)), end + (long) i * width);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The sentence vectors cannot be written.", e);
        }
    }

    /**
     * Removes the vectors of all texts but some. The file is replaced in one step; it must not be open elsewhere.
     *
     * @param telling is given what to tell the texts to that stay
     * @return how many vectors went
     */
    public static int retain(Path folder, String model, int dimensions, Consumer<Consumer<String>> telling) {
        Path whole = folder.resolve(model + FILE);
        if (!Files.exists(whole)) {
            return 0;
        }
        Set<Long> kept = new HashSet<>();
        telling.accept(text -> kept.add(key(text)));
        Path less = folder.resolve(model + FILE + ".new");
        try (VectorStore store = open(folder, model, dimensions)) {
            List<Long> places = store.places.entrySet().stream()
                    .filter(entry -> kept.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .sorted()
                    .toList();
            int gone = store.size() - places.size();
            if (gone > 0) {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(less))) {
                    ByteBuffer record = ByteBuffer.allocate(store.width);
                    for (long place : places) {
                        record.clear();
                        store.readFully(record, place);
                        out.write(record.array());
                    }
                }
                Files.move(less, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return gone;
        } catch (IOException e) {
            throw new UncheckedIOException("The sentence vectors in " + folder + " cannot be rewritten.", e);
        }
    }

    private static long key(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
