package org.avatarengine.source.exported;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.regex.Pattern;
import org.avatarengine.source.IsoTime;

/**
 * Reads times of tables: ISO 8601, or a number. Its size shows what is counted: messages are from 1999 or later, and
 * no unit gives such a time for the numbers of another one.
 */
final class WrittenTime {
    private static final Pattern NUMBER = Pattern.compile("\\d{9,19}(?:\\.\\d{1,9})?");
    private static final Pattern UTC = Pattern.compile("(?i)\\s*(?:UTC|GMT|Z)$");
    private static final Pattern SPACE_BEFORE_OFFSET = Pattern.compile("(?<=\\d)\\s+(?=[+-]\\d\\d:?\\d\\d$)");

    /** Seconds from 1970 to 2001, when Apple's times begin. */
    private static final long APPLE = 978_307_200L;

    private WrittenTime() {}

    /** @throws DateTimeException when the text is not a time */
    static Temporal parse(String text) {
        String written = text.strip();
        if (NUMBER.matcher(written).matches()) {
            return counted(new BigDecimal(written));
        }
        return IsoTime.parse(SPACE_BEFORE_OFFSET
                .matcher(UTC.matcher(written).replaceFirst("Z"))
                .replaceFirst(""));
    }

    private static Instant counted(BigDecimal number) {
        int digits = number.precision() - number.scale();
        return switch (digits) {
            case 9 -> seconds(number, 0).plusSeconds(APPLE);
            case 10, 11 -> seconds(number, 0);
            case 12, 13, 14 -> seconds(number, 3);
            case 15, 16 -> seconds(number, 6);
            case 17, 18 -> seconds(number, 9).plusSeconds(APPLE);
            default -> seconds(number, 9);
        };
    }

    private static Instant seconds(BigDecimal number, int decimals) {
        BigDecimal seconds = number.movePointLeft(decimals);
        long whole = seconds.longValue();
        return Instant.ofEpochSecond(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }
}
