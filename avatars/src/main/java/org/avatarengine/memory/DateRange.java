package org.avatarengine.memory;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** A range of days, including both ends. */
public record DateRange(LocalDate from, LocalDate to) {
    public DateRange {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A range of dates ends before it begins: " + from + " to " + to);
        }
    }

    static DateRange day(LocalDate day) {
        return new DateRange(day, day);
    }

    /** The number of days between a day and the range; 0 within the range. */
    public long distance(LocalDate day) {
        return Math.max(0, Math.max(ChronoUnit.DAYS.between(day, from), ChronoUnit.DAYS.between(to, day)));
    }

    /** The range from the earlier beginning to the later end. */
    DateRange hull(DateRange other) {
        return new DateRange(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
    }
}
