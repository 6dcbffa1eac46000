package org.avatarengine.source.apps.export;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
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
 * Reads a JSON file by its parts, so that a long list is never in memory as a whole. A part that is turned into a tree
 * may have 64 MiB, and values may nest as deep as Jackson allows by default (500), so that a hostile file is refused
 * rather than fills memory.
 */
public final class JsonReader implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /** With few digits and a small power of ten: others would be written out in full before they are refused. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE]\\+?\\d{1,2})?");

    private static final long LARGEST_PART = 64L << 20;

    private final String where;
    private final Limited in;
    private final JsonParser parser;
    private long items;

    /** Is told a field of an object; it has to read or skip the value. */
    @FunctionalInterface
    public interface Field {
        void named(String name) throws SourceException, IOException, InterruptedException;
    }

    /** Is told that an item of a list begins; it has to read or skip it. */
    @FunctionalInterface
    public interface Item {
        void next() throws SourceException, IOException, InterruptedException;
    }

    /** Fails when a part is too large. */
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
                throw new IOException("a single part of the file is larger than " + (LARGEST_PART >> 20) + " MiB");
            }
        }
    }

    public JsonReader(Archive archive, Archive.Entry entry) throws IOException {
        this.where = archive.where(entry);
        this.in = new Limited(archive.open(entry));
        this.parser = JSON.createParser(in);
        parser.nextToken();
    }

    /** The whole of a small file. */
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

    /** Reads values that follow each other, as in a file of JSON lines. */
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
            throw new SourceException(where() + ": " + what + " was expected.");
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

    /** Reads the value that comes as a tree. */
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

    /** Leaves out the value that comes. */
    public void skip() throws SourceException, IOException {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw problem(e);
        }
    }

    /** Where in the file this is, for a message to the user. */
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

    /** The text of a field; null where there is none. */
    public static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    /** The text of a field that has to be there. */
    public String required(JsonNode node, String field) throws SourceException {
        String text = text(node, field);
        if (text == null) {
            throw new SourceException(where() + ": field \"" + field + "\" is missing.");
        }
        return text;
    }

    /** The time in a field that counts from 1970. */
    public @Nullable Instant since1970(JsonNode node, String field, long perSecond) throws SourceException {
        String text = text(node, field);
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!NUMBER.matcher(text.strip()).matches()) {
            throw new SourceException(where() + ": field \"" + field + "\" is no time.");
        }
        try {
            BigDecimal seconds =
                    new BigDecimal(text.strip()).divide(BigDecimal.valueOf(perSecond), 9, RoundingMode.HALF_UP);
            return Instant.ofEpochSecond(
                    seconds.toBigInteger().longValueExact(),
                    seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        } catch (ArithmeticException | DateTimeException e) {
            throw new SourceException(where() + ": field \"" + field + "\" is no time.", e);
        }
    }

    /** The time in a field written by ISO 8601 with its offset. */
    public @Nullable Instant iso(JsonNode node, String field) throws SourceException {
        String text = text(node, field);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip().replace(' ', 'T')).toInstant();
        } catch (DateTimeException e) {
            throw new SourceException(where() + ": field \"" + field + "\" is no time.", e);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
        in.close();
    }
}
