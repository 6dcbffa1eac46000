package org.avatarengine.limit;

import java.util.OptionalLong;

/**
 * What an answer says of the three limits: how much a minute, and how much is left now. Empty where it says nothing.
 */
public record Allowance(
        OptionalLong requests,
        OptionalLong requestsLeft,
        OptionalLong inputTokens,
        OptionalLong inputTokensLeft,
        OptionalLong outputTokens,
        OptionalLong outputTokensLeft) {
    public static final Allowance UNKNOWN = new Allowance(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
}
