package org.avatarengine.usage;

/**
 * The budget. A request is sent only if its maximum cost is within all limits.
 *
 * @param run the limit for one run of a command
 * @param day the limit for one day in the user's time zone
 * @param month the limit for one calendar month
 * @param dailyTokens the tokens per day; exceeding it gives a warning, and an error only if {@code stopAtTokens}
 */
public record Budget(Usd run, Usd day, Usd month, long dailyTokens, boolean stopAtTokens) {
    /** A warning at a million tokens per day; no limit on cost. */
    public static final Budget DEFAULT = new Budget(Usd.UNLIMITED, Usd.UNLIMITED, Usd.UNLIMITED, 1_000_000, false);

    public Budget {
        if (run.pico() < 0 || day.pico() < 0 || month.pico() < 0 || dailyTokens < 0) {
            throw new IllegalArgumentException("A budget cannot be negative.");
        }
    }
}
