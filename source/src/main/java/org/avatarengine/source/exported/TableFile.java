package org.avatarengine.source.exported;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.avatarengine.source.SourceException;
import org.avatarengine.text.FormulaGuard;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A file of records: CSV with a header row, a JSON array of objects, an object with such an array in it, or one JSON
 * object per line.
 */
final class TableFile implements Records {
    /** Arrays stand at most this deep in a file's object. */
    private static final int DEEPEST = 4;

    /** Names of lists that say nothing about a conversation. */
    private static final Set<String> MESSAGES =
            Set.of("messages", "data", "items", "records", "rows", "results", "history");

    private static final String CONVERSATION = "conversation";

    private final Path file;
    private final boolean json;

    TableFile(Path file, boolean json) {
        this.file = file;
        this.json = json;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public void read(Sink sink) throws SourceException, InterruptedException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            skipByteOrderMark(in);
            if (json) {
                readJson(in, sink);
            } else {
                readCsv(in, delimiter(in), sink);
            }
        } catch (IOException | UncheckedIOException e) {
            throw EventFileSource.unreadable(file, e);
        }
    }

    private static void skipByteOrderMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != '\uFEFF') {
            in.reset();
        }
    }

    /** The sign between columns: the one that the header has most of. */
    private static char delimiter(BufferedReader in) throws IOException {
        in.mark(1 << 13);
        char[] head = new char[1 << 12];
        int length = Math.max(0, in.read(head));
        in.reset();
        String header = new String(head, 0, length).lines().findFirst().orElse("");
        char best = ',';
        for (char one : new char[] {',', '\t', ';'}) {
            best = count(header, one) > count(header, best) ? one : best;
        }
        return best;
    }

    private static long count(String text, char sign) {
        return text.chars().filter(c -> c == sign).count();
    }

    private void readCsv(Reader in, char delimiter, Sink sink)
            throws IOException, SourceException, InterruptedException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setDelimiter(delimiter)
                .get();
        try (CSVParser parser =
                CSVParser.builder().setReader(in).setFormat(format).get()) {
            boolean own = parser.getHeaderNames().equals(TableSource.EXPORTED_COLUMNS);
            for (CSVRecord record : parser) {
                Map<String, String> values = new LinkedHashMap<>();
                record.toMap()
                        .forEach((name, value) ->
                                values.put(Columns.normal(name), own ? FormulaGuard.restore(value) : value));
                // Row 1 of a spreadsheet is the header.
                if (!sink.accept(new Fields(values, record.getRecordNumber() + 1))) {
                    return;
                }
            }
        } catch (IllegalArgumentException e) {
            throw new SourceException(file + " is not a CSV file with a header row: " + e.getMessage() + ".", e);
        }
    }

    private void readJson(Reader in, Sink sink) throws SourceException, InterruptedException {
        Counted records = new Counted(sink);
        try (JsonParser parser = EventLines.JSON.createParser(in)) {
            JsonToken token = parser.nextToken();
            while (token != null && records.more) {
                if (token == JsonToken.START_ARRAY) {
                    list(parser, null, 0, records);
                } else {
                    element(parser, token, records);
                }
                token = records.more ? parser.nextToken() : null;
            }
        } catch (JacksonException e) {
            throw new SourceException(
                    file + ", record " + Math.max(1, records.row) + ": this is not valid JSON (line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ").",
                    e);
        }
    }

    /** The receiver of records, and how many it has received. */
    private static final class Counted {
        private final Sink sink;
        private long row;
        private boolean more = true;

        Counted(Sink sink) {
            this.sink = sink;
        }

        void accept(Map<String, String> values) throws SourceException, InterruptedException {
            more = sink.accept(new Fields(values, row));
        }
    }

    /** Reads an object that is a record unless it has records in it. */
    private void element(JsonParser parser, JsonToken token, Counted records)
            throws SourceException, InterruptedException {
        records.row++;
        if (token != JsonToken.START_OBJECT) {
            throw new SourceException(file + ", record " + records.row + ": expected an object.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        boolean within = object(parser, null, 0, values, records);
        if (records.more && (!within || isRecord(values))) {
            records.accept(values);
        }
    }

    /**
     * Reads a list.
     *
     * @param conversation the conversation of its records, as far as the file says
     * @return whether there are records in it
     */
    private boolean list(JsonParser parser, @Nullable String conversation, int depth, Counted records)
            throws SourceException, InterruptedException {
        boolean any = false;
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (depth == 0) {
                element(parser, token, records);
            } else if (token == JsonToken.START_OBJECT) {
                Map<String, String> values = new LinkedHashMap<>();
                any |= object(parser, conversation, depth, values, records);
                if (records.more && isRecord(values)) {
                    any = true;
                    records.row++;
                    if (conversation != null && !hasConversation(values)) {
                        values.put(CONVERSATION, conversation);
                    }
                    records.accept(values);
                }
            } else {
                parser.skipChildren();
            }
            if (!records.more) {
                return any;
            }
            token = parser.nextToken();
        }
        return any;
    }

    /**
     * Reads an object: its simple values, and the records in its lists.
     *
     * @param conversation the conversation of records in it, as far as the file says
     * @param values receives its simple values
     * @return whether there are records in it
     */
    private boolean object(
            JsonParser parser, @Nullable String conversation, int depth, Map<String, String> values, Counted records)
            throws SourceException, InterruptedException {
        boolean any = false;
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.END_OBJECT && records.more) {
            String name = parser.currentName();
            token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && depth < DEEPEST) {
                any |= list(parser, conversation(name, values, conversation), depth + 1, records);
            } else if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
                String inner = conversation(name, values, conversation);
                any |= object(parser, inner, depth + 1, new LinkedHashMap<>(), records);
            } else if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                parser.skipChildren();
            } else {
                // An empty value for null, because the name of a column shows what the file is.
                values.put(Columns.normal(name), token == JsonToken.VALUE_NULL ? "" : parser.getString());
            }
            token = records.more ? parser.nextToken() : null;
        }
        return any;
    }

    /** A list's conversation: what its object says, or the list's own name if that is not one that any list has. */
    private static @Nullable String conversation(String list, Map<String, String> values, @Nullable String outer) {
        if (!MESSAGES.contains(Columns.normal(list))) {
            return list;
        }
        for (String name : new String[] {CONVERSATION, "name", "title", "contact"}) {
            String value = values.getOrDefault(name, "");
            if (!value.isBlank()) {
                return value;
            }
        }
        return outer;
    }

    private static boolean hasConversation(Map<String, String> values) {
        return Columns.CONVERSATION.in(values.keySet()) || Columns.areOriginal(values.keySet());
    }

    private static boolean isRecord(Map<String, String> values) {
        return Columns.haveMessages(values.keySet());
    }
}
