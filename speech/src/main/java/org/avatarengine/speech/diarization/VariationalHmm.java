package org.avatarengine.speech.diarization;

import java.util.Arrays;

/**
 * Assigns blocks of time to speakers with a hidden Markov model whose states are speakers. A speaker shifts the mean of
 * whitened features by an unknown vector with a normal prior. All unknown quantities are inferred by variational Bayes,
 * which also removes superfluous speakers. Time and memory are proportional to blocks times speakers.
 *
 * @see <a href="https://doi.org/10.1109/TASLP.2019.2955293">Diez et al. 2020, Analysis of Speaker Diarization based on
 *     Bayesian HMM with Eigenvoice Priors</a>
 */
final class VariationalHmm {
    /** The weight of a frame's likelihood: adjacent frames are strongly correlated. */
    private static final double ACOUSTIC = 0.1;

    /** The weight of the prior on speakers; a higher weight gives fewer speakers. */
    private static final double PRIOR = 3;

    /** The variance between speakers of features with a total variance of 1. */
    private static final double BETWEEN = 0.3;

    /** The prior probability that a speaker continues from one block to the next. */
    private static final double STAY = 0.9;

    private static final int MOST_ROUNDS = 60;
    private static final double ENOUGH = 1e-3;

    private final double[][] sums;
    private final double[] counts;
    private final int speakers;
    private final int size;

    /**
     * @param sums blocks by features: the sums of the whitened features in each block
     * @param counts the number of frames in each block
     */
    VariationalHmm(double[][] sums, double[] counts, int speakers) {
        this.sums = sums;
        this.counts = counts;
        this.speakers = speakers;
        this.size = sums[0].length;
    }

    /**
     * The result of the inference.
     *
     * @param posterior the probability of each speaker in each block
     * @param likelihood the log likelihood ratio of these speakers and a single average voice
     */
    record Inferred(double[][] posterior, double likelihood) {}

    /**
     * Infers the speakers.
     *
     * @param start the initial assignment, blocks by speakers; it is modified
     */
    Inferred infer(double[][] start) {
        double[][] posterior = start;
        double[] weights = new double[speakers];
        Arrays.fill(weights, 1.0 / speakers);
        double before = Double.NEGATIVE_INFINITY;
        double likelihood = before;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[][] means = new double[speakers][size];
            double[][] variances = new double[speakers][size];
            double cost = speakersFrom(posterior, means, variances);
            double fit = pass(means, variances, weights, posterior);
            double bound = PRIOR * cost + fit;
            likelihood = fit;
            if (bound - before < ENOUGH) {
                break;
            }
            before = bound;
        }
        return new Inferred(posterior, likelihood);
    }

    /** Infers each speaker's vector. Returns the prior's part of the bound. */
    private double speakersFrom(double[][] posterior, double[][] means, double[][] variances) {
        double bound = 0;
        for (int s = 0; s < speakers; s++) {
            double count = 0;
            double[] sum = new double[size];
            for (int t = 0; t < posterior.length; t++) {
                double p = posterior[t][s];
                if (p > 1e-9) {
                    count += p * counts[t];
                    for (int d = 0; d < size; d++) {
                        sum[d] += p * sums[t][d];
                    }
                }
            }
            double variance = 1 / (1 / BETWEEN + ACOUSTIC / PRIOR * count);
            for (int d = 0; d < size; d++) {
                variances[s][d] = variance;
                means[s][d] = ACOUSTIC / PRIOR * sum[d] * variance;
                bound += 0.5 * (1 + Math.log(variance / BETWEEN) - (variance + means[s][d] * means[s][d]) / BETWEEN);
            }
        }
        return bound;
    }

    /** The forward and backward passes. Returns the data's part of the bound, and updates posterior and weights. */
    private double pass(double[][] means, double[][] variances, double[] weights, double[][] posterior) {
        int blocks = sums.length;
        double[][] likelihood = new double[blocks][speakers];
        double bound = likelihoods(means, variances, likelihood);
        double[][] forward = new double[blocks][speakers];
        double[] scale = new double[blocks];
        for (int t = 0; t < blocks; t++) {
            for (int s = 0; s < speakers; s++) {
                double from = t == 0 ? weights[s] : STAY * forward[t - 1][s] + (1 - STAY) * weights[s];
                forward[t][s] = from * likelihood[t][s];
                scale[t] += forward[t][s];
            }
            for (int s = 0; s < speakers; s++) {
                forward[t][s] /= scale[t];
            }
            bound += Math.log(scale[t]);
        }
        double[] entered = new double[speakers];
        double[] backward = new double[speakers];
        Arrays.fill(backward, 1);
        for (int t = blocks - 1; t >= 0; t--) {
            double sum = 0;
            for (int s = 0; s < speakers; s++) {
                posterior[t][s] = forward[t][s] * backward[s];
                sum += posterior[t][s];
            }
            for (int s = 0; s < speakers; s++) {
                posterior[t][s] /= sum;
            }
            if (t > 0) {
                double any = 0;
                for (int s = 0; s < speakers; s++) {
                    any += weights[s] * likelihood[t][s] * backward[s];
                }
                for (int s = 0; s < speakers; s++) {
                    double here = likelihood[t][s] * backward[s] / scale[t];
                    entered[s] += (1 - STAY) * weights[s] * here;
                    backward[s] = STAY * here + (1 - STAY) * any / scale[t];
                }
            }
        }
        double all = 0;
        for (int s = 0; s < speakers; s++) {
            entered[s] += posterior[0][s];
            all += entered[s];
        }
        for (int s = 0; s < speakers; s++) {
            weights[s] = entered[s] / all;
        }
        return bound;
    }

    /** The likelihoods of all blocks, scaled so that each block's maximum is 1. Returns the logarithm of the scale. */
    private double likelihoods(double[][] means, double[][] variances, double[][] likelihood) {
        double taken = 0;
        for (int t = 0; t < likelihood.length; t++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < speakers; s++) {
                double log = 0;
                for (int d = 0; d < size; d++) {
                    double mean = means[s][d];
                    log += sums[t][d] * mean - 0.5 * counts[t] * (mean * mean + variances[s][d]);
                }
                likelihood[t][s] = ACOUSTIC * log;
                most = Math.max(most, likelihood[t][s]);
            }
            for (int s = 0; s < speakers; s++) {
                likelihood[t][s] = Math.exp(likelihood[t][s] - most);
            }
            taken += most;
        }
        return taken;
    }
}
