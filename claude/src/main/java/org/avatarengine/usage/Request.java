package org.avatarengine.usage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request as the ledger keeps it.
 *
 * @param session the run of a command that it belongs to
 * @param operation what it was for, such as {@code enrich.personality}
 * @param tier the service tier that the API reports, such as {@code standard} or {@code batch}
 * @param latency from sending to the end of the answer
 * @param requestId the API's own id, or null when no answer came
 * @param confirmed whether the tokens are the API's own figures; otherwise they are the most it can have been
 */
public record Request(
        String session,
        String operation,
        Terms terms,
        TokenCounts tokens,
        @Nullable String tier,
        Duration latency,
        @Nullable String requestId,
        boolean confirmed) {}
