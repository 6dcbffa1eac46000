package org.avatarengine.app.print;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.avatarengine.text.FormulaGuard;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV (RFC 4180) that is safe to open in a spreadsheet. Text that starts like a formula gets an apostrophe in
 * front of it, as OWASP recommends against CSV injection: a message from somebody else must not run a formula or load
 * anything on the computer of the person who opens the file.
 */
public final class SafeCsv implements AutoCloseable {
    private final CSVPrinter printer;

    public SafeCsv(Appendable out, List<String> header) throws IOException {
        printer = new CSVPrinter(
                out,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(header.toArray(String[]::new))
                        .get());
    }

    /** Writes a row; null is an empty cell. */
    public void row(@Nullable Object... cells) throws IOException {
        for (Object cell : cells) {
            printer.print(cell instanceof CharSequence text ? FormulaGuard.protect(text.toString()) : cell);
        }
        printer.println();
    }

    @Override
    public void close() throws IOException {
        printer.flush();
    }
}
