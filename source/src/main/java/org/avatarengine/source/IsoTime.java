package org.avatarengine.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.regex.Pattern;

/**
 * Reads ISO 8601 times as they occur in files: also with a space instead of the T, without an offset, or as a date
 * only.
 */
public final class IsoTime {
    private static final int DAY = 10;
    /** An offset without the colon that Java expects. */
    private static final Pattern SHORT_OFFSET = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");

    private static final Pattern OFFSET = Pattern.compile(".*T.*(Z|[+-]\\d\\d:?\\d\\d)$");

    private IsoTime() {}

    /**
     * Parses a time. A date without a time means the start of that day.
     *
     * @param zone the zone of times without an offset
     * @throws DateTimeException when the text is not such a time
     */
    public static Instant read(String text, ZoneId zone) {
        return at(parse(text), zone);
    }

    /**
     * Parses a time as it is written, independent of any time zone.
     *
     * @return an {@link Instant} when the text has an offset, otherwise a {@link LocalDateTime}
     * @throws DateTimeException when the text is not a time
     */
    public static Temporal parse(String text) {
        String iso = text.length() > DAY && text.charAt(DAY) == ' '
                ? text.substring(0, DAY) + "T" + text.substring(DAY + 1)
                : text;
        if (OFFSET.matcher(iso).matches()) {
            return OffsetDateTime.parse(SHORT_OFFSET.matcher(iso).replaceFirst("$1:$2"))
                    .toInstant();
        }
        return iso.length() == DAY ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
    }

    /** The instant of a time from {@link #parse}, with the zone of times without an offset. */
    public static Instant at(Temporal written, ZoneId zone) {
        return written instanceof LocalDateTime local ? local.atZone(zone).toInstant() : Instant.from(written);
    }
}
