package org.avatarengine.slm.training;

/** Is told after each step how training goes. */
@FunctionalInterface
public interface TrainingListener {
    /**
     * A step was done.
     *
     * @param step how many were, out of {@code steps} at most
     * @param loss of the latest steps, smoothed, in nats a token
     * @param valid the latest loss on the texts for stopping; NaN before the first evaluation
     * @param tokensPerSecond rows' whole length, since training began or went on
     */
    void at(int step, int steps, double loss, double valid, double tokensPerSecond);
}
