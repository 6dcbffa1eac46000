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
    private static final double PERSON_RATE = 1e-4;
    private static final double SMALL_ADAPTER_RATE = 2e-3;

    /** For the model of everybody. */
    TrainingPlan shared() {
        return changed(TrainingPlan.full(orElse(base == null ? length : null, OWN_LENGTH), OWN_ROWS), false);
    }

    /** For the person's. */
    TrainingPlan person(int longest) {
        boolean adapter = method == Method.LORA;
        TrainingPlan plan;
        if (base != null) {
            int most = Math.min(orElse(length, BASE_LENGTH), longest);
            plan = (adapter
                            ? TrainingPlan.lora(most, 1)
                            : TrainingPlan.full(most, 1).rate(2e-5))
                    .accumulating(BASE_ACCUMULATE);
        } else {
            int most = Math.min(orElse(length, OWN_LENGTH), longest);
            plan = adapter
                    ? TrainingPlan.lora(most, OWN_ROWS).rate(SMALL_ADAPTER_RATE)
                    : TrainingPlan.full(most, OWN_ROWS).rate(PERSON_RATE);
        }
        return changed(plan, true);
    }

    private TrainingPlan changed(TrainingPlan plan, boolean person) {
        TrainingPlan changed = plan;
        if (rows != null) {
            changed = changed.rows(rows);
        }
        if (accumulate != null) {
            changed = changed.accumulating(accumulate);
        }
        if (checkpointEvery != null) {
            changed = changed.checkpoints(checkpointEvery);
        }
        if (epochs != null) {
            changed = changed.epochs(epochs);
        }
        return person && learningRate != null ? changed.rate(learningRate) : changed;
    }

    private static int orElse(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }
}
