package org.avatarengine.faithfulness;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A figure with its 95% interval.
 *
 * @param of on how many replies it rests
 */
public record Interval(double value, double low, double high, long of) {
    private static final int SAMPLES = 500;

    /**
     * The percentile bootstrap (Efron, Annals of Statistics 7, 1979): the figure of so many samples drawn with
     * repetition, always the same ones.
     *
     * @param figure of the items whose numbers are given
     */
    static Interval bootstrap(int items, ToDoubleFunction<int[]> figure) {
        int[] all = new int[items];
        Arrays.setAll(all, i -> i);
        double[] values = new double[SAMPLES];
        SplittableRandom random = new SplittableRandom(1);
        for (int s = 0; s < SAMPLES; s++) {
            int[] sample = new int[items];
            for (int i = 0; i < items; i++) {
                sample[i] = random.nextInt(items);
            }
            values[s] = figure.applyAsDouble(sample);
        }
        Arrays.sort(values);
        return new Interval(
                figure.applyAsDouble(all), values[(int) (SAMPLES * 0.025)], values[(int) (SAMPLES * 0.975)], items);
    }

    /** The mean of figures. */
    static Interval mean(double[] figures) {
        return bootstrap(
                figures.length,
                sample -> Arrays.stream(sample)
                        .mapToDouble(i -> figures[i])
                        .average()
                        .orElse(0));
    }
}
