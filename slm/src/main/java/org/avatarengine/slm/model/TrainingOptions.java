package org.avatarengine.slm.model;

import java.nio.file.Path;
import org.avatarengine.slm.training.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * The options of a training. A default is chosen for those that are null.
 *
 * @param base the folder of the base model; null for the shared model
 * @param rank the rank of an adapter
 * @param length the length of a row, in tokens
 * @param rows the number of rows in a batch
 * @param accumulate the number of batches in a step
 * @param checkpointEvery the number of steps between checkpoints
 * @param size the size of the shared model, if it has to be trained
 * @param canaries the number of random secrets to plant
 * @param fresh whether to train the shared model again
 * @param resume whether to continue an interrupted training
 */
public record TrainingOptions(
        String name,
        Method method,
        @Nullable Path base,
        @Nullable Integer epochs,
        @Nullable Double learningRate,
        int rank,
        @Nullable Integer length,
        @Nullable Integer rows,
        @Nullable Integer accumulate,
        @Nullable Integer checkpointEvery,
        @Nullable Size size,
        int canaries,
        boolean fresh,
        boolean resume) {
    private static final int OWN_LENGTH = 256;
    private static final int OWN_ROWS = 8;
    private static final int BASE_LENGTH = 512;
    private static final int BASE_ACCUMULATE = 8;
    private static final double BASE_RATE = 2e-5;
    private static final double PERSON_RATE = 1e-4;
    private static final double SMALL_ADAPTER_RATE = 2e-3;

    /** The plan for the shared model. */
    TrainingPlan shared() {
        TrainingPlan usual = TrainingPlan.full(orElse(base == null ? length : null, OWN_LENGTH), OWN_ROWS);
        return chosen(usual, usual.learningRate(), 1);
    }

    /** The plan for the person's model. */
    TrainingPlan person(int longest) {
        int most = Math.min(orElse(length, base == null ? OWN_LENGTH : BASE_LENGTH), longest);
        int together = base == null ? OWN_ROWS : 1;
        TrainingPlan usual =
                method == Method.LORA ? TrainingPlan.lora(most, together) : TrainingPlan.full(most, together);
        double gentle = method == Method.LORA
                ? base == null ? SMALL_ADAPTER_RATE : usual.learningRate()
                : base == null ? PERSON_RATE : BASE_RATE;
        return chosen(usual, learningRate == null ? gentle : learningRate, base == null ? 1 : BASE_ACCUMULATE);
    }

    /** Options that the user has not set get their defaults. */
    private TrainingPlan chosen(TrainingPlan usual, double rate, int batches) {
        return new TrainingPlan(
                orElse(epochs, usual.epochs()),
                rate,
                usual.length(),
                orElse(rows, usual.rows()),
                orElse(accumulate, batches),
                usual.warmUp(),
                usual.weightDecay(),
                usual.clip(),
                usual.dropout(),
                orElse(checkpointEvery, usual.checkpointEvery()),
                usual.evaluateEvery(),
                usual.patience(),
                usual.seed());
    }

    private static int orElse(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }
}
