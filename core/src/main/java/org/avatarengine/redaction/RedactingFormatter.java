package org.avatarengine.redaction;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes log records without anything that tells of people: what the {@link Redactor} knows is taken out, on one line, and
 * of errors only their kinds and places are told, since their messages can quote what was worked on.
 */
public final class RedactingFormatter extends Formatter {
    private static final int FRAMES = 12;

    private final Supplier<String> region;
    private @Nullable Redactor redactor;

    /** @param region the country in which numbers without a prefix are dialled; asked when something is logged */
    public RedactingFormatter(Supplier<String> region) {
        this.region = region;
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s %s %s: %s%n",
                Instant.ofEpochMilli(record.getMillis()),
                record.getLevel(),
                record.getLoggerName(),
                clean(formatMessage(record))));
        for (Throwable e = record.getThrown(); e != null; e = e.getCause()) {
            line.append("  ").append(e.getClass().getName()).append(System.lineSeparator());
            StackTraceElement[] frames = e.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                line.append("    at ").append(frames[i]).append(System.lineSeparator());
            }
        }
        return line.toString();
    }

    /** Redactors count what they find, and loggers write from many threads. */
    private synchronized String clean(String text) {
        Redactor ready = redactor == null ? new Redactor(region.get()) : redactor;
        redactor = ready;
        return ready.redact(text.replaceAll("\\p{Cc}+", " "));
    }
}
