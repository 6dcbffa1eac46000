package org.avatarengine.emotion;

import java.util.List;

/**
 * What a message feels like.
 *
 * @param probabilities of each {@link Emotion}, in their order
 * @param positive the probability that it is positive
 * @param negative the probability that it is negative; the rest is neutral
 */
public record Feeling(List<Double> probabilities, double positive, double negative) {

    /** The most probable emotion. */
    public Emotion emotion() {
        int best = 0;
        for (int i = 1; i < probabilities.size(); i++) {
            best = probabilities.get(i) > probabilities.get(best) ? i : best;
        }
        return Emotion.values()[best];
    }

    /** How strongly anything is felt: the probability that it is not neutral, 0 to 1. */
    public double intensity() {
        return 1 - probabilities.get(Emotion.NEUTRAL.ordinal());
    }

    /** From −1, surely negative, to 1, surely positive. */
    public double sentiment() {
        return positive - negative;
    }
}
