package org.avatarengine.usage;

/**
 * The most that may be spent. A limit holds before a request is sent, for the most it could cost.
 *
 * @param run in one run of a command
 * @param day in one day of the user's time zone
 * @param month in one calendar month of it
 * @param dailyTokens tokens a day; reaching it warns, and stops only if {@code stopAtTokens}
 */
public record Budget(Usd run, Usd day, Usd month, long dailyTokens, boolean stopAtTokens) {
    /** A million tokens a day are announced; nothing is forbidden. */
    public static final Budget DEFAULT = new Budget(Usd.UNLIMITED, Usd.UNLIMITED, Usd.UNLIMITED, 1_000_000, false);

    public Budget {
        if (run.pico() < 0 || day.pico() < 0 || month.pico() < 0 || dailyTokens < 0) {
            throw new IllegalArgumentException("A budget cannot be negative.");
        }
    }
}
