package org.avatarengine.slm.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.avatarengine.files.WholeFile;

/**
 * Writes GGUF, version 3, which llama.cpp, Ollama and LM Studio load. All numbers are little-endian; tensors begin at
 * multiples of 32 bytes, and their axes are in reverse order.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
public final class Gguf {
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> tensors = new LinkedHashMap<>();

    private record Entry(long[] shape, NumberType type, Supplier<Tensor> values) {
        long bytes() {
            long count = 1;
            for (long axis : shape) {
                count *= axis;
            }
            return count * type.bytes();
        }
    }

    /**
     * Adds metadata about the model.
     *
     * @param value an {@code Integer}, {@code Float}, {@code Boolean}, {@code String}, {@code List<String>} or
     *     {@code List<Integer>}
     */
    public Gguf with(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    /** Adds a tensor; vectors are always float32, as readers expect. */
    public void add(String name, long[] shape, NumberType type, Supplier<Tensor> values) {
        tensors.put(name, new Entry(shape, shape.length < 2 ? NumberType.F32 : type, values));
    }

    /** Writes the file. An existing file is replaced when the new one is complete. */
    public void write(Path file) throws IOException {
        Out head = new Out();
        head.bytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        head.int32(VERSION);
        head.int64(tensors.size());
        head.int64(metadata.size());
        metadata.forEach((key, value) -> {
            head.string(key);
            head.value(value);
        });
        long at = 0;
        for (Map.Entry<String, Entry> named : tensors.entrySet()) {
            Entry entry = named.getValue();
            head.string(named.getKey());
            head.int32(entry.shape.length);
            for (int axis = entry.shape.length - 1; axis >= 0; axis--) {
                head.int64(entry.shape[axis]);
            }
            head.int32(number(entry.type));
            head.int64(at);
            at += padded(entry.bytes());
        }
        head.pad();
        Path half = WholeFile.part(file);
        try (FileChannel out = FileChannel.open(
                half, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            put(out, ByteBuffer.wrap(head.toByteArray()));
            for (Entry entry : tensors.values()) {
                entry.type.write(entry.values.get().values(), bytes -> put(out, bytes));
                put(out, ByteBuffer.allocate((int) (padded(entry.bytes()) - entry.bytes())));
            }
        }
        WholeFile.publish(half, file);
    }

    private static void put(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static long padded(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The format's code of a tensor's type. */
    private static int number(NumberType type) {
        return switch (type) {
            case F32 -> 0;
            case F16 -> 1;
            case BF16 -> 30;
        };
    }

    private static final class Out {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void bytes(byte[] bytes) {
            out.writeBytes(bytes);
        }

        void int32(int value) {
            bytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        void int64(long value) {
            bytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
        }

        void string(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            int64(utf8.length);
            bytes(utf8);
        }

        void value(Object value) {
            int32(kind(value));
            if (value instanceof List<?> list) {
                int32(list.isEmpty() ? STRING : kind(list.getFirst()) == STRING ? STRING : INT32);
                int64(list.size());
                list.forEach(this::plain);
            } else {
                plain(value);
            }
        }

        private static int kind(Object value) {
            return switch (value) {
                case Integer _ -> UINT32;
                case Float _ -> FLOAT32;
                case Boolean _ -> BOOL;
                case String _ -> STRING;
                case List<?> _ -> ARRAY;
                default -> throw new IllegalArgumentException("no GGUF type for " + value.getClass());
            };
        }

        private void plain(Object value) {
            switch (value) {
                case Integer number -> int32(number);
                case Float number -> int32(Float.floatToRawIntBits(number));
                case Boolean truth -> out.write(truth ? 1 : 0);
                case String text -> string(text);
                default -> throw new IllegalArgumentException("no GGUF type for " + value.getClass());
            }
        }

        void pad() {
            while (out.size() % ALIGNMENT != 0) {
                out.write(0);
            }
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }
    }
}
