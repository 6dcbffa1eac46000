package org.avatarengine.slm.training;

import java.util.List;

/**
 * How a training went. Losses are in nats a token.
 *
 * @param steps how many were done
 * @param bestStep after which the loss on the texts for stopping was lowest; those weights are kept
 * @param valid that loss; NaN when there were no such texts
 * @param before the loss on the texts for tests before anything was learnt; NaN when there are none
 * @param test the same with the weights that are kept
 * @param testTokens how many tokens that is the mean of
 * @param tokens learnt from, counted each time
 * @param seconds spent
 * @param stopped whether it ended early since nothing became better
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
     * @param train mean loss of the steps since the last one
     */
    public record Point(int step, double train, double valid) {}
}
