package org.avatarengine.usage;

import java.util.Locale;

/**
 * Where the day stands.
 *
 * @param tokens used today
 * @param limit tokens a day
 * @param today spent today, with the most that requests under way can still cost
 * @param month spent in this month, likewise
 * @param unconfirmed the part of {@code month} for requests whose answer never came, counted at the most they can cost
 */
public record Balance(long tokens, long limit, Usd today, Usd month, Usd unconfirmed) {
    /** How near the day's tokens are to their limit. */
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

    /** A line for people, with the warning that is due. */
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
