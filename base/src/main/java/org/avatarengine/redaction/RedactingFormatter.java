package org.avatarengine.redaction;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Formats log records without personal data. In this program's own messages, the {@link Redactor}'s patterns and the
 * names of people in the store are replaced, and each message stays on one line. Messages of libraries are left out,
 * and exceptions are reduced to type and location, because both can quote any text.
 */
public final class RedactingFormatter extends Formatter {
    private static final int FRAMES = 12;

    private static final String OWN = "org.avatarengine";

    private final Supplier<String> region;
    private final KnownNames names;
    private @Nullable Redactor redactor;

    /**
     * @param region the country of phone numbers without a prefix, such as {@code US}; read when something is logged
     */
    public RedactingFormatter(Supplier<String> region, KnownNames names) {
        this.region = region;
        this.names = names;
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s %s %s: %s%n",
                Instant.ofEpochMilli(record.getMillis()),
                record.getLevel(),
                record.getLoggerName(),
                message(record)));
        for (Throwable e = record.getThrown(); e != null; e = e.getCause()) {
            line.append("  ").append(e.getClass().getName()).append(System.lineSeparator());
            StackTraceElement[] frames = e.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                line.append("    at ").append(frames[i]).append(System.lineSeparator());
            }
        }
        return line.toString();
    }

    private String message(LogRecord record) {
        String logger = String.valueOf(record.getLoggerName());
        if (!logger.equals(OWN) && !logger.startsWith(OWN + ".")) {
            return "(message of a library left out)";
        }
        String clean = names.hide(clean(formatMessage(record)));
        return clean == null ? "(left out because the names of people are not available)" : clean;
    }

    /** Synchronized, because a redactor counts its matches and many threads log. */
    private synchronized String clean(String text) {
        Redactor ready = redactor == null ? new Redactor(region.get()) : redactor;
        redactor = ready;
        return ready.redact(text.replaceAll("\\p{Cc}+", " "));
    }
}
