package org.avatarengine.speech.diarization;

import java.util.List;

/** Transforms features to mean 0, variance 1 and no correlation. */
final class Whitening {
    private final double[] mean;
    private final double[][] lower;

    private Whitening(double[] mean, double[][] lower) {
        this.mean = mean;
        this.lower = lower;
    }

    /** Estimates the transformation from frames. */
    static Whitening of(List<float[]> frames) {
        int size = frames.getFirst().length;
        double[] mean = new double[size];
        for (float[] frame : frames) {
            for (int d = 0; d < size; d++) {
                mean[d] += frame[d] / frames.size();
            }
        }
        double[][] covariance = new double[size][size];
        for (float[] frame : frames) {
            for (int a = 0; a < size; a++) {
                double x = (frame[a] - mean[a]) / frames.size();
                for (int b = 0; b <= a; b++) {
                    covariance[a][b] += x * (frame[b] - mean[b]);
                }
            }
        }
        // Cholesky decomposition; the added constant prevents a division by zero for a constant feature.
        double[][] lower = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = covariance[a][b] + (a == b ? 1e-4 : 0);
                for (int k = 0; k < b; k++) {
                    sum -= lower[a][k] * lower[b][k];
                }
                lower[a][b] = a == b ? Math.sqrt(Math.max(sum, 1e-9)) : sum / lower[b][b];
            }
        }
        return new Whitening(mean, lower);
    }

    double[] of(float[] frame) {
        double[] white = new double[mean.length];
        for (int a = 0; a < white.length; a++) {
            double sum = frame[a] - mean[a];
            for (int k = 0; k < a; k++) {
                sum -= lower[a][k] * white[k];
            }
            white[a] = sum / lower[a][a];
        }
        return white;
    }
}
