package org.avatarengine.slm.training;

import java.util.List;

/**
 * The result of a training. Losses are in nats per token.
 *
 * @param steps the number of completed steps
 * @param bestStep the step with the lowest validation loss, whose weights are kept
 * @param valid the lowest validation loss; NaN without validation data
 * @param before the test loss before the training; NaN without test data
 * @param test the test loss with the kept weights
 * @param testTokens the number of test tokens
 * @param tokens the number of tokens processed; each repetition counts
 * @param seconds the duration
 * @param stopped whether it stopped early because the validation loss no longer improved
 */
public record TrainingReport(
        int steps,
        int bestStep,
        double valid,
        double before,
        double test,
        long testTokens,
        long tokens,
        double seconds,
        boolean stopped,
        List<Point> curve) {
    /**
     * One evaluation.
     *
     * @param train the mean training loss since the previous evaluation
     */
    public record Point(int step, double train, double valid) {}
}
