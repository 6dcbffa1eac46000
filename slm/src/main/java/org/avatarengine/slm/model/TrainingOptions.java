package org.avatarengine.slm.model;

import java.nio.file.Path;
import org.avatarengine.slm.training.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * What a user can choose about a training. What is null is chosen by what fits.
 *
 * @param base the folder of a model to begin from; null for the shared one
 * @param rank of an adapter
 * @param length of rows, in tokens
 * @param rows in a batch
 * @param accumulate batches to a step
 * @param checkpointEvery steps
 * @param size of the shared model, if it has to be made
 * @param canaries made-up secrets to plant
 * @param fresh whether to make the shared model anew
 * @param resume whether to go on where a training was interrupted
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

    /** For the model of everybody. */
    TrainingPlan shared() {
        TrainingPlan usual = TrainingPlan.full(orElse(base == null ? length : null, OWN_LENGTH), OWN_ROWS);
        return chosen(usual, usual.learningRate(), 1);
    }

    /** For the person's. */
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

    /** What the user has not chosen is as usual. */
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
