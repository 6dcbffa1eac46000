package org.avatarengine.app;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV (RFC 4180) that a spreadsheet only shows. A cell of text that begins like a formula gets an apostrophe
 * before it, as OWASP advises against CSV injection: what others wrote in a message must not compute anything, or fetch
 * anything, on the computer of who opens the file.
 */
final class SafeCsv implements AutoCloseable {
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20]");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private final CSVPrinter printer;

    SafeCsv(Appendable out, List<String> header) throws IOException {
        printer = new CSVPrinter(
                out,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(header.toArray(String[]::new))
                        .get());
    }

    /** Writes a row; null is an empty cell. */
    void row(@Nullable Object... cells) throws IOException {
        for (Object cell : cells) {
            printer.print(cell instanceof CharSequence text ? safe(text.toString()) : cell);
        }
        printer.println();
    }

    static String safe(String text) {
        boolean formula = FORMULA.matcher(text).find() && !NUMBER.matcher(text).matches();
        return formula ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        printer.flush();
    }
}
