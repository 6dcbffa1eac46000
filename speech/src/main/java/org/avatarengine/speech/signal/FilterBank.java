package org.avatarengine.speech.signal;

import java.util.Arrays;

/**
 * Triangular filters spaced evenly on the mel scale.
 *
 * @see <a href="https://doi.org/10.1109/TASSP.1980.1163420">Davis &amp; Mermelstein 1980</a>
 */
public final class FilterBank {
    /** The mel scales. */
    public enum Scale {
        /** 1127 ln(1 + f/700), as in HTK and Kaldi. */
        HTK {
            @Override
            double mel(double hertz) {
                return 1127 * Math.log1p(hertz / 700);
            }

            @Override
            double hertz(double mel) {
                return 700 * Math.expm1(mel / 1127);
            }
        },
        /** Linear below 1 kHz and logarithmic above, as in Slaney's Auditory Toolbox, librosa and Whisper. */
        SLANEY {
            @Override
            double mel(double hertz) {
                return hertz < 1000 ? hertz * 3 / 200 : 15 + Math.log(hertz / 1000) * 27 / Math.log(6.4);
            }

            @Override
            double hertz(double mel) {
                return mel < 15 ? mel * 200 / 3 : 1000 * Math.exp((mel - 15) * Math.log(6.4) / 27);
            }
        };

        abstract double mel(double hertz);

        abstract double hertz(double mel);
    }

    private final int[] first;
    private final float[][] weights;

    private FilterBank(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    /**
     * Creates filters.
     *
     * @param filters the number of filters
     * @param bins the number of bins of the spectrum, from 0 Hz to half the rate
     * @param rate the sample rate in Hz
     * @param low the beginning of the lowest filter, in Hz
     * @param high the end of the highest filter, in Hz
     * @param equalArea whether a filter's weights are divided by its width (Slaney) instead of peaking at 1
     */
    public static FilterBank of(
            Scale scale, int filters, int bins, int rate, double low, double high, boolean equalArea) {
        double from = scale.mel(low);
        double step = (scale.mel(high) - from) / (filters + 1);
        int[] first = new int[filters];
        float[][] weights = new float[filters][];
        for (int f = 0; f < filters; f++) {
            double left = scale.hertz(from + f * step);
            double peak = scale.hertz(from + (f + 1) * step);
            double right = scale.hertz(from + (f + 2) * step);
            double scaled = equalArea ? 2 / (right - left) : 1;
            float[] all = new float[bins];
            int begin = bins;
            int end = 0;
            for (int b = 0; b < bins; b++) {
                double hertz = b * rate / 2.0 / (bins - 1);
                // Kaldi's triangles are linear in mel, the others in Hz.
                double up = scale == Scale.HTK
                        ? (scale.mel(hertz) - scale.mel(left)) / step
                        : (hertz - left) / (peak - left);
                double down = scale == Scale.HTK
                        ? (scale.mel(right) - scale.mel(hertz)) / step
                        : (right - hertz) / (right - peak);
                double weight = Math.min(up, down) * scaled;
                if (weight > 0) {
                    all[b] = (float) weight;
                    begin = Math.min(begin, b);
                    end = b + 1;
                }
            }
            first[f] = Math.min(begin, end);
            weights[f] = Arrays.copyOfRange(all, first[f], end);
        }
        return new FilterBank(first, weights);
    }

    /** The number of filters. */
    public int size() {
        return first.length;
    }

    /** The power of a spectrum within a filter. */
    public double energy(int filter, double[] power) {
        float[] weight = weights[filter];
        double sum = 0;
        for (int i = 0; i < weight.length; i++) {
            sum += weight[i] * power[first[filter] + i];
        }
        return sum;
    }
}
