package org.avatarengine.source.exported;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.avatarengine.source.SourceException;
import org.avatarengine.text.FormulaGuard;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** A file of records: CSV with a header row, a JSON array of objects, or one JSON object per line. */
final class TableFile {
    /** Receives records. */
    interface Sink {
        /** @return whether to continue */
        boolean accept(Fields fields) throws SourceException, InterruptedException;
    }

    private final Path file;
    private final boolean json;

    TableFile(Path file, boolean json) {
        this.file = file;
        this.json = json;
    }

    Path file() {
        return file;
    }

    void read(Sink sink) throws SourceException, InterruptedException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            skipByteOrderMark(in);
            if (json) {
                readJson(in, sink);
            } else {
                readCsv(in, sink);
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

    private void readCsv(Reader in, Sink sink) throws IOException, SourceException, InterruptedException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .get();
        try (CSVParser parser =
                CSVParser.builder().setReader(in).setFormat(format).get()) {
            boolean own = parser.getHeaderNames().equals(TableSource.EXPORTED_COLUMNS);
            for (CSVRecord record : parser) {
                Map<String, String> values = new LinkedHashMap<>();
                record.toMap()
                        .forEach((name, value) -> values.put(normal(name), own ? FormulaGuard.restore(value) : value));
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
        long row = 0;
        try (JsonParser parser = EventLines.JSON.createParser(in)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                token = parser.nextToken();
            }
            for (; token != null && token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                row++;
                if (token != JsonToken.START_OBJECT) {
                    throw new SourceException(file + ", record " + row + ": expected an object.");
                }
                JsonNode object = parser.readValueAsTree();
                Map<String, String> values = new LinkedHashMap<>();
                object.properties().forEach(field -> {
                    if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                        values.put(normal(field.getKey()), field.getValue().asString());
                    }
                });
                if (!sink.accept(new Fields(values, row))) {
                    return;
                }
            }
        } catch (JacksonException e) {
            throw new SourceException(
                    file + ", record " + Math.max(1, row) + ": this is not valid JSON (line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ").",
                    e);
        }
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
}
