package org.avatarengine.slm.generation;

import java.util.List;
import org.avatarengine.failure.ModelException;

/**
 * The sampling parameters.
 *
 * @param temperature 0 always takes the most likely token
 * @param topK samples only from so many of the most likely tokens; 0 for all
 * @param topP samples only from the most likely tokens with this total probability; 1 for all
 * @param minP samples only from tokens with at least this share of the highest probability; 0 for all
 * @param repetitionPenalty divides the logits of tokens that already occurred (Keskar et al. 2019); 1 changes nothing
 * @param seed the same seed gives the same text on the same machine
 * @param most the maximum number of tokens
 * @param stops stop sequences; the text ends before the first of them
 */
public record Sampling(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        long seed,
        int most,
        List<String> stops) {
    /** The parameters for replies. */
    public static final Sampling REPLY = new Sampling(0.8, 50, 0.95, 0.02, 1.1, 1, 120, List.of());

    public Sampling {
        check(temperature >= 0 && temperature <= 5, "temperature", "between 0 and 5");
        check(topK >= 0, "top_k", "0 or more");
        check(topP > 0 && topP <= 1, "top_p", "above 0 and at most 1");
        check(minP >= 0 && minP < 1, "min_p", "at least 0 and below 1");
        check(repetitionPenalty > 0 && repetitionPenalty <= 10, "repetition_penalty", "above 0 and at most 10");
        check(most > 0, "max_tokens", "1 or more");
        stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
    }

    private static void check(boolean right, String field, String range) {
        if (!right) {
            throw new ModelException(field + " has to be " + range + ".", null);
        }
    }

    public Sampling seeded(long other) {
        return new Sampling(temperature, topK, topP, minP, repetitionPenalty, other, most, stops);
    }
}
