package org.avatarengine.usage;

import java.util.Locale;

/**
 * The usage of the day and the month, compared with the limits.
 *
 * @param tokens used today
 * @param limit the tokens per day
 * @param today the cost of today, including the maximum cost of running requests
 * @param month the cost of this month, also including running requests
 * @param unconfirmed the part of {@code month} for requests without an answer, at their maximum cost
 */
public record Balance(long tokens, long limit, Usd today, Usd month, Usd unconfirmed) {
    /** How close the day's tokens are to their limit. */
    public enum Level {
        FINE,
        NEAR,
        CLOSE,
        OVER
    }

    /** Near from 80% on, close from 95%, over from 100%. */
    public Level level() {
        double used = limit == 0 ? 1 : (double) tokens / limit;
        return used >= 1 ? Level.OVER : used >= 0.95 ? Level.CLOSE : used >= 0.8 ? Level.NEAR : Level.FINE;
    }

    public long remaining() {
        return Math.max(0, limit - tokens);
    }

    /** A line to show to the user, with a warning if necessary. */
    public String describe() {
        String line = String.format(
                Locale.ROOT,
                "%,d of %,d tokens today (%.0f%%), %s today, %s this month",
                tokens,
                limit,
                limit == 0 ? 100.0 : 100.0 * tokens / limit,
                today,
                month);
        return switch (level()) {
            case FINE -> line;
            case NEAR -> line + ": past 80% of the day's tokens";
            case CLOSE -> line + ": past 95% of the day's tokens";
            case OVER -> line + ": over the day's tokens";
        };
    }
}
