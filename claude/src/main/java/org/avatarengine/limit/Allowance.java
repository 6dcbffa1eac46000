package org.avatarengine.limit;

import java.util.OptionalLong;

/**
 * The three limits in an answer: the amount per minute and the remaining amount. Empty if the answer does not contain
 * them.
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
