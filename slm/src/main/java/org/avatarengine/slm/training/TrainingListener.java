package org.avatarengine.slm.training;

/** Receives the progress of a training. */
@FunctionalInterface
public interface TrainingListener {
    /**
     * Called after each step.
     *
     * @param step the number of completed steps, of {@code steps} at most
     * @param loss the smoothed loss of the latest steps, in nats per token
     * @param valid the latest validation loss; NaN before the first evaluation
     * @param tokensPerSecond the rate since the training began or was continued, including padding
     */
    void at(int step, int steps, double loss, double valid, double tokensPerSecond);
}
