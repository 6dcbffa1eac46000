package org.avatarengine.faithfulness;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A figure with its 95 % confidence interval.
 *
 * @param of the sample size in replies
 */
public record Interval(double value, double low, double high, long of) {
    private static final int SAMPLES = 500;

    private static final int GROUPS = 20;
    private static final double Z = 1.959964;

    /** The mean of figures, with a percentile bootstrap interval (Efron, Annals of Statistics 7, 1979) with fixed seed. */
    static Interval mean(double[] figures) {
        double[] means = new double[SAMPLES];
        SplittableRandom random = new SplittableRandom(1);
        for (int s = 0; s < SAMPLES; s++) {
            double sum = 0;
            for (int i = 0; i < figures.length; i++) {
                sum += figures[random.nextInt(figures.length)];
            }
            means[s] = sum / figures.length;
        }
        Arrays.sort(means);
        return new Interval(
                Arrays.stream(figures).average().orElse(0),
                means[(int) (SAMPLES * 0.025)],
                means[(int) (SAMPLES * 0.975)],
                figures.length);
    }

    /**
     * A figure of a whole sample, from 0 to 1, with a jackknife interval over groups (Quenouille, Biometrika 43, 1956). The
     * bootstrap would overestimate a distance of distributions, because it repeats items.
     *
     * @param figure computes the figure of the items with the given indexes
     */
    static Interval jackknife(int items, ToDoubleFunction<int[]> figure) {
        int groups = Math.min(GROUPS, items);
        double[] without = new double[groups];
        for (int g = 0; g < groups; g++) {
            int left = g;
            without[g] = figure.applyAsDouble(
                    IntStream.range(0, items).filter(i -> i % groups != left).toArray());
        }
        double mean = Arrays.stream(without).average().orElse(0);
        double squares =
                Arrays.stream(without).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares * (groups - 1) / groups);
        double value = figure.applyAsDouble(IntStream.range(0, items).toArray());
        return new Interval(value, Math.max(0, value - Z * error), Math.min(1, value + Z * error), items);
    }
}
