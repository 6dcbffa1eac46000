package org.avatarengine.redaction;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes log records without anything that tells of people. Of this program's own records what the {@link Redactor} knows
 * and the names of the people in the store are taken out, on one line; what libraries say is left out, and of errors only
 * their kinds and places are told, since these can quote what was worked on, and a message can be any text.
 */
public final class RedactingFormatter extends Formatter {
    private static final int FRAMES = 12;

    private static final String OWN = "org.avatarengine";

    private final Supplier<String> region;
    private final KnownNames names;
    private @Nullable Redactor redactor;

    /** @param region the country in which numbers without a prefix are dialled; asked when something is logged */
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
            return "(what the library said is left out)";
        }
        String clean = names.hide(clean(formatMessage(record)));
        return clean == null ? "(left out, as the names of people could not be had)" : clean;
    }

    /** Redactors count what they find, and loggers write from many threads. */
    private synchronized String clean(String text) {
        Redactor ready = redactor == null ? new Redactor(region.get()) : redactor;
        redactor = ready;
        return ready.redact(text.replaceAll("\\p{Cc}+", " "));
    }
}
