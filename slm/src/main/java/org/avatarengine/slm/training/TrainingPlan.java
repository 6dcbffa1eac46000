package org.avatarengine.slm.training;

/**
 * How a model is trained.
 *
 * @param epochs how often all is seen at most
 * @param learningRate at its highest
 * @param length of a row, in tokens
 * @param rows in a batch
 * @param accumulate how many batches go into a step
 * @param warmUp part of all steps in which the rate rises
 * @param weightDecay of matrices, decoupled
 * @param clip the largest norm of a gradient
 * @param dropout part of what layers add that is left out at random
 * @param checkpointEvery steps
 * @param evaluateEvery steps; 0 stands for once an epoch
 * @param patience how many evaluations in a row may bring nothing better
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

    /** All weights, from scratch or from another model of ours. */
    public static TrainingPlan full(int length, int rows) {
        return new TrainingPlan(20, 1e-3, length, rows, 1, 0.05, 0.1, 1, 0.1, 100, 0, 2, 1);
    }

    /** An adapter. */
    public static TrainingPlan lora(int length, int rows) {
        return new TrainingPlan(5, 2e-4, length, rows, 1, 0.05, 0, 1, 0.05, 100, 0, 2, 1);
    }

    /** The rate at a step: a rise, then half a cosine down to a tenth. */
    double rate(int step, int steps) {
        double warm = Math.max(1, warmUp * steps);
        if (step < warm) {
            return learningRate * (step + 1) / warm;
        }
        double done = Math.min(1, (step - warm) / Math.max(1, steps - warm));
        return learningRate * (LEAST_RATE + (1 - LEAST_RATE) * 0.5 * (1 + Math.cos(Math.PI * done)));
    }
}
