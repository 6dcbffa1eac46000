package org.avatarengine.slm.training;

/**
 * The hyperparameters of a training.
 *
 * @param epochs the maximum number of epochs
 * @param learningRate the peak learning rate
 * @param length the length of a row, in tokens
 * @param rows the number of rows in a batch
 * @param accumulate the number of batches per step
 * @param warmUp the share of steps in which the learning rate rises
 * @param weightDecay the decoupled weight decay of matrices
 * @param clip the maximum norm of the gradient
 * @param dropout the dropout rate of residual connections
 * @param checkpointEvery the number of steps between checkpoints
 * @param evaluateEvery the number of steps between evaluations; 0 for one evaluation per epoch
 * @param patience the number of evaluations without an improvement after which the training stops
 */
public record TrainingPlan(
        int epochs,
        double learningRate,
        int length,
        int rows,
        int accumulate,
        double warmUp,
        double weightDecay,
        double clip,
        double dropout,
        int checkpointEvery,
        int evaluateEvery,
        int patience,
        long seed) {
    private static final double LEAST_RATE = 0.1;

    /** The plan for training all weights, from scratch or from another model of this program. */
    public static TrainingPlan full(int length, int rows) {
        return new TrainingPlan(20, 1e-3, length, rows, 1, 0.05, 0.1, 1, 0.1, 100, 0, 2, 1);
    }

    /** The plan for training an adapter. */
    public static TrainingPlan lora(int length, int rows) {
        return new TrainingPlan(5, 2e-4, length, rows, 1, 0.05, 0, 1, 0.05, 100, 0, 2, 1);
    }

    /** The learning rate at a step: a linear warm-up, then cosine decay to a tenth. */
    double rate(int step, int steps) {
        double warm = Math.max(1, warmUp * steps);
        if (step < warm) {
            return learningRate * (step + 1) / warm;
        }
        double done = Math.min(1, (step - warm) / Math.max(1, steps - warm));
        return learningRate * (LEAST_RATE + (1 - LEAST_RATE) * 0.5 * (1 + Math.cos(Math.PI * done)));
    }
}
