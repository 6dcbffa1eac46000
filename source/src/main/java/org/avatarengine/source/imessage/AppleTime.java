package org.avatarengine.source.imessage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times in Apple's databases. They count from 2001-01-01 UTC, in nanoseconds; in seconds before macOS 10.13. */
final class AppleTime {
    /** Seconds from 1970-01-01 to 2001-01-01. */
    static final long EPOCH_SECONDS = 978_307_200L;

    private static final long NANOS = 1_000_000_000L;

    /** Larger values cannot be seconds, because they would be after the year 33,658. */
    private static final long LARGEST_SECONDS = 1_000_000_000_000L;

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private AppleTime() {}

    /** The instant; null for 0 ("never") and for values outside 2001 to 2100, which are invalid. */
    static @Nullable Instant instant(long value) {
        if (value <= 0) {
            return null;
        }
        boolean seconds = value < LARGEST_SECONDS;
        Instant instant = seconds
                ? Instant.ofEpochSecond(EPOCH_SECONDS + value)
                : Instant.ofEpochSecond(EPOCH_SECONDS + Math.floorDiv(value, NANOS), Math.floorMod(value, NANOS));
        return instant.isAfter(LATEST) ? null : instant;
    }

    /** The instant of a fractional number of seconds, as property lists store it. */
    static @Nullable Instant ofSeconds(double seconds) {
        if (!Double.isFinite(seconds) || Math.abs(seconds) > LARGEST_SECONDS) {
            return null;
        }
        return instant(Math.round(seconds * 1000) * 1_000_000L);
    }

    /** Nanoseconds since 2001, as current databases store an instant. */
    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond() - EPOCH_SECONDS, NANOS), instant.getNano());
    }
}
