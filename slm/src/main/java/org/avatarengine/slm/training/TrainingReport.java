package org.avatarengine.slm.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a training. Losses are in nats per token.
 *
 * @param steps the number of completed steps
 * @param bestStep the step with the lowest validation loss, whose weights are kept
 * @param valid the lowest validation loss; null without validation data
 * @param before the test loss before the training; null without test data
 * @param test the test loss with the kept weights; null without test data
 * @param testTokens the number of test tokens
 * @param tokens the number of tokens processed; each repetition counts
 * @param seconds the duration
 * @param stopped whether it stopped early because the validation loss no longer improved
 */
public record TrainingReport(
        int steps,
        int bestStep,
        @Nullable Double valid,
        @Nullable Double before,
        @Nullable Double test,
        long testTokens,
        long tokens,
        double seconds,
        boolean stopped,
        List<Point> curve) {
    public TrainingReport {
        valid = known(valid);
        before = known(before);
        test = known(test);
    }

    /**
     * One evaluation.
     *
     * @param train the mean training loss since the previous evaluation; null when there is none
     * @param valid the validation loss; null when there is none
     */
    public record Point(
            int step, @Nullable Double train, @Nullable Double valid) {
        public Point {
            train = known(train);
            valid = known(valid);
        }
    }

    private static @Nullable Double known(@Nullable Double loss) {
        return loss == null || !Double.isFinite(loss) ? null : loss;
    }
}
