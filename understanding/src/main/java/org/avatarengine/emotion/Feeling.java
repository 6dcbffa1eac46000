package org.avatarengine.emotion;

import java.util.List;

/**
 * The emotion of a message.
 *
 * @param probabilities the probability of each {@link Emotion}, in their order
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

    /** The intensity: the probability that the message is not neutral, 0 to 1. */
    public double intensity() {
        return 1 - probabilities.get(Emotion.NEUTRAL.ordinal());
    }

    /** The sentiment from −1 (certainly negative) to 1 (certainly positive). */
    public double sentiment() {
        return positive - negative;
    }
}
