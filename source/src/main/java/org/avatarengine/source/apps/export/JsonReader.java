package org.avatarengine.source.apps.export;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.avatarengine.source.IsoTime;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a JSON file in parts, so that a long list is never in memory as a whole. A part read as a tree may have at most
 * 64 MiB, and values may nest at most as deep as Jackson's default (500), so that a hostile file is refused before it
 * fills the memory.
 */
public final class JsonReader implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /** Only few digits and a small power of ten, because other numbers would be expanded before they are refused. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE]\\+?\\d{1,2})?");

    private static final long LARGEST_PART = 64L << 20;

    private final String where;
    private final Limited in;
    private final JsonParser parser;
    private long items;

    /** Receives a field of an object. It must read or skip the value. */
    @FunctionalInterface
    public interface Field {
        void named(String name) throws SourceException, IOException, InterruptedException;
    }

    /** Receives the start of a list item. It must read or skip the item. */
    @FunctionalInterface
    public interface Item {
        void next() throws SourceException, IOException, InterruptedException;
    }

    /** Throws an exception when a part is too large. */
    private static final class Limited extends FilterInputStream {
        private long left = Long.MAX_VALUE;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new IOException("one part of the file is larger than " + (LARGEST_PART >> 20) + " MiB");
            }
        }
    }

    public JsonReader(Archive archive, Archive.Entry entry) throws IOException, SourceException {
        this.where = archive.where(entry);
        this.in = new Limited(archive.open(entry));
        this.parser = JSON.createParser(in);
        try {
            parser.nextToken();
        } catch (JacksonException e) {
            close();
            throw problem(e);
        }
    }

    /** Reads a small file as a tree. */
    public static JsonNode tree(Archive archive, Archive.Entry entry) throws IOException, SourceException {
        try (JsonReader reader = new JsonReader(archive, entry)) {
            return reader.value();
        }
    }

    /** Reads an object field by field. */
    public void object(Field field) throws SourceException, IOException, InterruptedException {
        expect(JsonToken.START_OBJECT, "an object");
        while (next() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            next();
            field.named(name);
        }
    }

    /** Reads a list item by item. */
    public void list(Item item) throws SourceException, IOException, InterruptedException {
        expect(JsonToken.START_ARRAY, "a list");
        while (next() != JsonToken.END_ARRAY) {
            items++;
            item.next();
        }
    }

    /** Reads a sequence of values, as in a file of JSON lines. */
    public void sequence(Item item) throws SourceException, IOException, InterruptedException {
        while (parser.currentToken() != null) {
            items++;
            item.next();
            try {
                parser.nextToken();
            } catch (JacksonException e) {
                throw problem(e);
            }
        }
    }

    private void expect(JsonToken token, String what) throws SourceException {
        if (parser.currentToken() != token) {
            throw new SourceException(where() + ": expected " + what + ".");
        }
    }

    private @Nullable JsonToken next() throws SourceException, IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new SourceException(where() + ": the file ends too early. Export or copy it again.");
            }
            return token;
        } catch (JacksonException e) {
            throw problem(e);
        }
    }

    /** Reads the next value as a tree. */
    public JsonNode value() throws SourceException, IOException {
        in.left = LARGEST_PART;
        try {
            return parser.readValueAsTree();
        } catch (JacksonException e) {
            throw problem(e);
        } finally {
            in.left = Long.MAX_VALUE;
        }
    }

    /** Whether the next value is a list. */
    public boolean isList() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** Skips the next value. */
    public void skip() throws SourceException, IOException {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw problem(e);
        }
    }

    /** The current place in the file, for messages to the user. */
    public String where() {
        return where + (items == 0 ? "" : ", record " + items) + " (line "
                + parser.currentLocation().getLineNr() + ")";
    }

    private SourceException problem(JacksonException e) throws IOException {
        if (e instanceof JacksonIOException io && io.getCause() instanceof IOException cause) {
            throw cause;
        }
        return new SourceException(where() + ": this is not valid JSON. Export or copy it again.", e);
    }

    /** The text of a field; null when there is none. */
    public static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    /** The text of a required field. */
    public String required(JsonNode node, String field) throws SourceException {
        String text = text(node, field);
        if (text == null) {
            throw new SourceException(where() + ": field \"" + field + "\" is missing.");
        }
        return text;
    }

    /**
     * The time in a field that counts from 1970; null when there is none.
     *
     * @param perSecond the number of units per second
     */
    public @Nullable Instant since1970(JsonNode node, String field, long perSecond) throws SourceException {
        String text = text(node, field);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!NUMBER.matcher(text.strip()).matches()) {
            throw new SourceException(where() + ": field \"" + field + "\" is not a time.");
        }
        try {
            BigDecimal seconds =
                    new BigDecimal(text.strip()).divide(BigDecimal.valueOf(perSecond), 9, RoundingMode.HALF_UP);
            return Instant.ofEpochSecond(
                    seconds.toBigInteger().longValueExact(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        } catch (ArithmeticException | DateTimeException e) {
            throw new SourceException(where() + ": field \"" + field + "\" is not a time.", e);
        }
    }

    /** The time in a field in ISO 8601 with offset; null when there is none. */
    public @Nullable Instant iso(JsonNode node, String field) throws SourceException {
        String text = text(node, field);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            if (IsoTime.parse(text.strip()) instanceof Instant at) {
                return at;
            }
        } catch (DateTimeException e) {
            throw new SourceException(where() + ": field \"" + field + "\" is not a time.", e);
        }
        throw new SourceException(where() + ": field \"" + field + "\" has no offset.");
    }

    @Override
    public void close() throws IOException {
        parser.close();
        in.close();
    }
}
