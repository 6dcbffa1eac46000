package org.avatarengine.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** A token bucket that fills steadily and contains at most one minute's amount. */
final class TokenBucket {
    /** Slightly less than the limit, because clocks may differ. */
    private static final double MARGIN = 0.985;

    private double perMinute;
    private double level;
    private Instant at = Instant.MIN;

    /** @param perMinute the limit; infinite while it is unknown */
    TokenBucket(double perMinute, double level) {
        this.perMinute = perMinute;
        this.level = level;
    }

    /** The limit per minute, with the margin; infinite while it is unknown. */
    double perMinute() {
        return perMinute;
    }

    private void fill(Instant now) {
        if (at.equals(Instant.MIN) || now.isBefore(at)) {
            at = now;
            return;
        }
        if (perMinute != Double.POSITIVE_INFINITY) {
            double seconds = Duration.between(at, now).toNanos() / 1e9;
            level = Math.min(perMinute, level + perMinute * seconds / 60);
        }
        at = now;
    }

    /** The time until an amount can be taken. An amount larger than the bucket waits until the bucket is full. */
    Duration untilEnough(double amount, Instant now) {
        fill(now);
        double missing = Math.min(amount, perMinute) - level;
        return perMinute == Double.POSITIVE_INFINITY || missing <= 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(missing / perMinute * 60e9) + 1);
    }

    void take(double amount, Instant now) {
        fill(now);
        level -= amount;
    }

    /** Corrects the amount taken when the true amount is known. */
    void giveBack(double amount) {
        level += amount;
    }

    void setRate(double rate, Instant now) {
        fill(now);
        perMinute = rate;
        level = Math.min(level, rate);
    }

    /**
     * Updates the bucket with the service's figures.
     *
     * @param pending the amount that running requests may still take
     * @param rounding the amount by which the service's remaining figure may be too high
     */
    void observe(OptionalLong limit, OptionalLong left, double pending, double rounding, Instant now) {
        fill(now);
        if (limit.isPresent() && limit.getAsLong() > 0) {
            perMinute = limit.getAsLong() * MARGIN;
            level = Math.min(level, perMinute);
        }
        if (left.isPresent()) {
            level = Math.min(perMinute, left.getAsLong() - pending - rounding);
        }
    }
}
