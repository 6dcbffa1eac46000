package org.avatarengine.reliability;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The growth of pauses between attempts. */
public enum Backoff {
    /**
     * Doubles each time, with random jitter of up to half the pause, so that many callers do not retry at the same
     * moment.
     */
    EXPONENTIAL {
        @Override
        double factor(int attempt, RandomGenerator random) {
            return Math.scalb(1.0, Math.min(attempt - 1, 60)) * (0.5 + random.nextDouble() / 2);
        }
    },
    LINEAR {
        @Override
        double factor(int attempt, RandomGenerator random) {
            return attempt;
        }
    },
    /** 1, 1, 2, 3, 5 …: slower than doubling, faster than linear. */
    FIBONACCI {
        @Override
        double factor(int attempt, RandomGenerator random) {
            long one = 0;
            long next = 1;
            for (int i = 0; i < Math.min(attempt, 90); i++) {
                long sum = one + next;
                one = next;
                next = sum;
            }
            return one;
        }
    };

    abstract double factor(int attempt, RandomGenerator random);

    /**
     * The pause after a failed attempt.
     *
     * @param attempt the number of the failed attempt, starting at 1
     */
    public Duration pause(int attempt, Duration first, Duration longest, RandomGenerator random) {
        double millis = Math.min(first.toMillis() * factor(attempt, random), longest.toMillis());
        return Duration.ofMillis((long) millis);
    }
}
