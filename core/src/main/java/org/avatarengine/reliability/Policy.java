package org.avatarengine.reliability;

import java.time.Duration;

/**
 * How calls to one thing are made.
 *
 * @param attempts in all, at least 1
 * @param first the pause after the first failure
 * @param longest the longest pause
 * @param timeout how long one attempt may take
 * @param concurrent how many calls may be under way at once
 * @param failureRate the part of the last calls, 0 to 1, from which on the circuit opens
 * @param window over how many calls that is counted
 * @param openFor how long no call is made then
 */
public record Policy(
        int attempts,
        Backoff backoff,
        Duration first,
        Duration longest,
        Duration timeout,
        int concurrent,
        double failureRate,
        int window,
        Duration openFor) {
    /** Long answers, and a service that says itself when to come back. */
    public static final Policy CLAUDE = new Policy(
            6,
            Backoff.EXPONENTIAL,
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            8,
            0.5,
            20,
            Duration.ofSeconds(30));

    /** A server of one's own; the driver retries passing faults of a transaction itself. */
    public static final Policy BOLT = new Policy(
            5,
            Backoff.FIBONACCI,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            16,
            0.5,
            10,
            Duration.ofSeconds(10));

    /** A network volume that hiccups, a file that another process holds. */
    public static final Policy DISK = new Policy(
            4,
            Backoff.LINEAR,
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            4,
            0.8,
            10,
            Duration.ofSeconds(5));

    public Policy {
        if (attempts < 1 || concurrent < 1 || window < 1) {
            throw new IllegalArgumentException("attempts, concurrent and window must be at least 1");
        }
        if (!(failureRate > 0 && failureRate <= 1)) {
            throw new IllegalArgumentException("failure_rate must be above 0 and at most 1");
        }
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the longest pause must be no shorter than the first");
        }
        if (!timeout.isPositive() || !openFor.isPositive()) {
            throw new IllegalArgumentException("timeout and open_for must be positive");
        }
    }
}
