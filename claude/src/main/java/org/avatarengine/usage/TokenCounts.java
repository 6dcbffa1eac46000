package org.avatarengine.usage;

/**
 * The tokens of one or several requests. The kinds do not overlap: tokens written to or read from the cache are not
 * included in {@code input}.
 *
 * @param input tokens read at the full price
 * @param output tokens written by the model
 * @param cacheWrite5m tokens written to the cache for five minutes
 * @param cacheWrite1h tokens written to the cache for an hour
 * @param cacheRead tokens read from the cache
 * @param thinking the part of {@code output} with which the model thought before it answered
 */
public record TokenCounts(
        long input, long output, long cacheWrite5m, long cacheWrite1h, long cacheRead, long thinking) {
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0, 0);

    /** Counts without thinking. */
    public TokenCounts(long input, long output, long cacheWrite5m, long cacheWrite1h, long cacheRead) {
        this(input, output, cacheWrite5m, cacheWrite1h, cacheRead, 0);
    }

    /**
     * The counts that the Messages API reports. {@code cacheCreation} is the sum over both lifetimes, not a third kind.
     * Tokens missing in the split are cached for five minutes, the API's default.
     *
     * @param cacheCreation {@code cache_creation_input_tokens}
     * @param split5m {@code cache_creation.ephemeral_5m_input_tokens}, 0 without a split
     * @param split1h {@code cache_creation.ephemeral_1h_input_tokens}, 0 without a split
     * @param thinking {@code output_tokens_details.thinking_tokens}
     */
    public static TokenCounts reported(
            long input, long output, long cacheCreation, long split5m, long split1h, long cacheRead, long thinking) {
        long outside = Math.max(0, cacheCreation - split5m - split1h);
        return new TokenCounts(input, output, split5m + outside, split1h, cacheRead, thinking);
    }

    /** The length of the prompt, which determines the price tier. */
    public long prompt() {
        return input + cacheWrite5m + cacheWrite1h + cacheRead;
    }

    public long total() {
        return prompt() + output;
    }

    public TokenCounts plus(TokenCounts other) {
        return new TokenCounts(
                input + other.input,
                output + other.output,
                cacheWrite5m + other.cacheWrite5m,
                cacheWrite1h + other.cacheWrite1h,
                cacheRead + other.cacheRead,
                thinking + other.thinking);
    }

    /** The share of the prompts that was read from the cache, 0 to 1. */
    public double cacheHitRate() {
        return prompt() == 0 ? 0 : (double) cacheRead / prompt();
    }
}
