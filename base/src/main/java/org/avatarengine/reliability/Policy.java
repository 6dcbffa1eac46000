package org.avatarengine.reliability;

import java.time.Duration;

/**
 * The policy for calls to a service.
 *
 * @param attempts the maximum number of attempts, at least 1
 * @param backoff the growth of pauses
 * @param first the pause after the first failure
 * @param longest the longest pause
 * @param timeout the maximum duration of one attempt
 * @param concurrent the maximum number of concurrent calls
 * @param failureRate the share of failed calls at which the circuit opens, above 0 and up to 1
 * @param window the number of recent calls for that share
 * @param openFor the duration of the open circuit, during which no calls are made
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
    /** Answers take long, and the service says when to retry. */
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

    /** A private server. The driver itself retries transactions after transient failures. */
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

    /** Short interruptions of a network volume, or a file that another process has locked. */
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
            throw new IllegalArgumentException("the longest pause must be at least as long as the first");
        }
        if (!timeout.isPositive() || !openFor.isPositive()) {
            throw new IllegalArgumentException("timeout and open_for must be positive");
        }
    }
}
