package org.avatarengine.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The expected cost of a month if the rest of it costs as much per day as the days so far.
 *
 * @param month the expected cost of the whole month
 * @param reached the day on which the month's limit would be reached; null when it would not
 */
public record Forecast(Usd month, @Nullable LocalDate reached) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    /**
     * Makes a forecast.
     *
     * @param soFar the cost of the month so far
     * @param limit the limit of the month
     * @param today the day, in the zone in which days begin; it counts as a whole day
     */
    public static Forecast of(Usd soFar, Usd limit, LocalDate today) {
        BigDecimal perDay = soFar.dollars().divide(BigDecimal.valueOf(today.getDayOfMonth()), 12, RoundingMode.HALF_UP);
        Usd month = Usd.of(perDay.multiply(BigDecimal.valueOf(today.lengthOfMonth())));
        if (limit.equals(Usd.UNLIMITED) || perDay.signum() == 0 || month.compareTo(limit) < 0) {
            return new Forecast(month, null);
        }
        int day = limit.dollars().divide(perDay, 0, RoundingMode.CEILING).intValue();
        return new Forecast(month, today.withDayOfMonth(Math.clamp(day, today.getDayOfMonth(), today.lengthOfMonth())));
    }

    /** A line to show to the user. */
    public String describe() {
        return "At this rate: " + month + " this month"
                + (reached == null ? "." : ", limit reached on " + DAY.format(reached) + ".");
    }
}
