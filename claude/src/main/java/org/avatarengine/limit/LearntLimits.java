package org.avatarengine.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the limiter has learnt about the service, so that the next run does not start from the beginning.
 *
 * @param requestsPerMinute the present request rate
 * @param concurrent the present number of concurrent requests
 * @param mostRequestsPerMinute the service's own limit of requests per minute; empty while it is unknown
 * @param inputPerMinute the limit of input tokens per minute, slightly reduced; empty while it is unknown
 * @param outputPerMinute the limit of output tokens per minute, slightly reduced; empty while it is unknown
 * @param blockedUntil the service refuses requests until then; {@link Instant#EPOCH} if it does not
 * @param at the time at which this was known
 */
public record LearntLimits(
        double requestsPerMinute,
        double concurrent,
        OptionalLong mostRequestsPerMinute,
        OptionalLong inputPerMinute,
        OptionalLong outputPerMinute,
        Instant blockedUntil,
        Instant at) {
    /** How long a request would have to wait because the service refused an earlier one. */
    public Duration waiting(Instant now) {
        return blockedUntil.isAfter(now) ? Duration.between(now, blockedUntil) : Duration.ZERO;
    }

    /** A line to show to the user. */
    public String describe(Locale locale) {
        StringBuilder line = new StringBuilder(String.format(
                locale, "%.0f requests per minute, %d at the same time", requestsPerMinute, (int) concurrent));
        inputPerMinute.ifPresent(tokens -> line.append(String.format(locale, ", %,d input tokens per minute", tokens)));
        outputPerMinute.ifPresent(
                tokens -> line.append(String.format(locale, ", %,d output tokens per minute", tokens)));
        return line.toString();
    }
}
