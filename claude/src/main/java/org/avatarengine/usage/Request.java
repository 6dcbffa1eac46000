package org.avatarengine.usage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request in the ledger.
 *
 * @param session the run of a command to which it belongs
 * @param operation its purpose, such as {@code enrich.personality}
 * @param tier the service tier that the API reports, such as {@code standard} or {@code batch}
 * @param latency the time from sending to the end of the answer
 * @param requestId the API's id of the request; null without an answer
 * @param confirmed whether the tokens are the API's figures; otherwise they are the maximum
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
