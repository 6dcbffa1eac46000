package org.avatarengine.slm.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.avatarengine.failure.ModelException;
import org.avatarengine.files.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tensors by name, in one or several files in Hugging Face's safetensors format: the length of the header in eight
 * bytes, little-endian; a JSON header with each tensor's type, shape and offsets; and the numbers.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors implements AutoCloseable {
    /** The format's own limit. */
    private static final long LARGEST_HEADER = 100_000_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String METADATA = "__metadata__";

    private record Place(Path file, FileChannel channel, NumberType type, long[] shape, long start, long length) {}

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Safetensors() {}

    /**
     * Opens a file.
     *
     * @throws ModelException when the file is incomplete or not in the format
     */
    public static Safetensors open(Path file) {
        return openAll(List.of(file));
    }

    /**
     * Opens the weights of a model in Hugging Face's layout: {@code model.safetensors}, or the parts that
     * {@code model.safetensors.index.json} names.
     *
     * @throws ModelException when there are none, or a file is incomplete or not in the format
     */
    public static Safetensors openModel(Path folder) {
        Path single = folder.resolve("model.safetensors");
        if (Files.isRegularFile(single)) {
            return open(single);
        }
        Path index = folder.resolve("model.safetensors.index.json");
        if (!Files.isRegularFile(index)) {
            throw new ModelException(
                    "There are no weights in " + folder
                            + ": neither model.safetensors nor model.safetensors.index.json.",
                    null);
        }
        try {
            JsonNode map = JSON.readTree(Files.readString(index)).path("weight_map");
            Set<Path> parts = new LinkedHashSet<>();
            for (JsonNode part : map) {
                Path file = folder.resolve(part.asString()).normalize();
                if (!folder.normalize().equals(file.getParent())) {
                    throw new ModelException(index + " names a part outside its folder: " + part.asString(), null);
                }
                parts.add(file);
            }
            if (parts.isEmpty()) {
                throw new ModelException(index + " names no weights (field \"weight_map\").", null);
            }
            return openAll(List.copyOf(parts));
        } catch (IOException | JacksonException e) {
            throw new ModelException(index + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Safetensors openAll(List<Path> files) {
        Safetensors all = new Safetensors();
        try {
            for (Path file : files) {
                all.read(file);
            }
            return all;
        } catch (IOException | JacksonException e) {
            all.close();
            throw new ModelException("The weights cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException("A part of the weights is missing: " + file, null);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channels.add(channel);
        long size = channel.size();
        ByteBuffer length = read(channel, 0, Math.min(8, size));
        long header = length.remaining() < 8 ? -1 : length.getLong();
        if (header < 2 || header > LARGEST_HEADER || header > size - 8) {
            throw broken(file, "its header is incomplete");
        }
        String text = StandardCharsets.UTF_8.decode(read(channel, 8, header)).toString();
        JsonNode entries;
        try {
            entries = JSON.readTree(text);
        } catch (JacksonException e) {
            throw broken(file, "its header is not JSON");
        }
        long data = 8 + header;
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            if (entry.getKey().equals(METADATA)) {
                entry.getValue()
                        .properties()
                        .forEach(p -> metadata.put(p.getKey(), p.getValue().asString("")));
            } else {
                places.put(entry.getKey(), place(file, channel, entry.getKey(), entry.getValue(), data, size));
            }
        }
    }

    private static Place place(Path file, FileChannel channel, String name, JsonNode node, long data, long size) {
        JsonNode offsets = node.path("data_offsets");
        NumberType type = NumberType.of(node.path("dtype").asString(""));
        if (type == null) {
            throw broken(
                    file,
                    "tensor " + name + " has the type " + node.path("dtype").asString("?")
                            + "; only F32, F16 and BF16 are supported");
        }
        if (!offsets.isArray() || offsets.size() != 2 || !node.path("shape").isArray()) {
            throw broken(file, "tensor " + name + " has no offsets or no shape");
        }
        long[] shape = new long[node.path("shape").size()];
        long count = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = node.path("shape").get(i).asLong(-1);
            if (shape[i] < 0 || shape[i] > 0 && count > Integer.MAX_VALUE / shape[i]) {
                throw broken(file, "tensor " + name + " has an impossible shape");
            }
            count *= shape[i];
        }
        long start = offsets.get(0).asLong(-1);
        long end = offsets.get(1).asLong(-1);
        if (start < 0 || end < start || end > size - data || end - start != count * type.bytes()) {
            throw broken(file, "tensor " + name + " is incomplete");
        }
        return new Place(file, channel, type, shape, data + start, end - start);
    }

    private static ModelException broken(Path file, String why) {
        return new ModelException(
                file + " is not a safetensors file that can be used: " + why + ". Download or copy it again.", null);
    }

    private static ByteBuffer read(FileChannel channel, long start, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new IOException("the file ended early");
            }
        }
        return buffer.flip();
    }

    public Set<String> names() {
        return places.keySet();
    }

    /** The metadata of the file. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Reads a tensor.
     *
     * @throws ModelException when there is no tensor of this name, or it cannot be read
     */
    public Tensor tensor(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new ModelException("The weights lack the tensor " + name + ".", null);
        }
        try {
            // In parts, so that a large tensor needs little additional memory.
            float[] values = new float[Math.toIntExact(place.length / place.type.bytes())];
            int chunk = 1 << 20;
            for (int done = 0; done < values.length; done += chunk) {
                int n = Math.min(chunk, values.length - done);
                ByteBuffer bytes = read(
                        place.channel, place.start + (long) done * place.type.bytes(), (long) n * place.type.bytes());
                place.type.read(bytes, values, done, n);
            }
            return new Tensor(place.shape, values);
        } catch (IOException e) {
            throw new ModelException(place.file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a file. An existing file is replaced when the new one is complete.
     *
     * @param shapes the shapes of the tensors to write, by name
     * @param tensor returns each tensor when it is to be written
     */
    public static void write(
            Path file,
            Map<String, long[]> shapes,
            Function<String, Tensor> tensor,
            NumberType type,
            Map<String, String> metadata)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = header.putObject(METADATA);
            metadata.forEach(node::put);
        }
        long at = 0;
        Map<String, long[]> sorted = new TreeMap<>(shapes);
        for (Map.Entry<String, long[]> entry : sorted.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", type.tag());
            var shape = node.putArray("shape");
            long count = 1;
            for (long axis : entry.getValue()) {
                shape.add(axis);
                count *= axis;
            }
            long end = at + count * type.bytes();
            node.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        // The numbers begin at a multiple of eight bytes.
        int padded = (json.length + 7) / 8 * 8;
        Path half = WholeFile.part(file);
        try (FileChannel out = FileChannel.open(
                half, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
            head.putLong(padded).put(json);
            while (head.hasRemaining()) {
                head.put((byte) ' ');
            }
            writeAll(out, head.flip());
            for (Map.Entry<String, long[]> entry : sorted.entrySet()) {
                Tensor values = tensor.apply(entry.getKey());
                type.write(values.values(), bytes -> writeAll(out, bytes));
            }
        }
        WholeFile.publish(half, file);
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new ModelException("A file of weights cannot be closed: " + e.getMessage(), e);
            }
        }
    }
}
