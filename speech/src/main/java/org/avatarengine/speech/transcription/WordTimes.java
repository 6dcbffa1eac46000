package org.avatarengine.speech.transcription;

import java.util.Arrays;
import java.util.List;

/**
 * Finds when tokens were said from their attention to the frames of the sound: dynamic time warping gives the path
 * through tokens and frames with the highest attention.
 *
 * @see <a href="https://github.com/openai/whisper/blob/main/whisper/timing.py">Whisper's word timestamps</a>
 */
final class WordTimes {
    /** The width in frames of the median filter that removes single spikes. */
    private static final int MEDIAN = 7;

    private WordTimes() {}

    /**
     * Aligns tokens to frames.
     *
     * @param attention tokens by frames
     * @param frames the number of frames with sound
     * @return for each token its first frame, and finally the frame at the end of the last token
     */
    static int[] align(List<float[]> attention, int frames) {
        int tokens = attention.size();
        double[][] weight = new double[tokens][frames];
        for (int t = 0; t < tokens; t++) {
            for (int f = 0; f < frames; f++) {
                weight[t][f] = attention.get(t)[f];
            }
        }
        // A frame with attention from every token, such as at the ends of the sound, is uninformative.
        for (int f = 0; f < frames; f++) {
            double mean = 0;
            double square = 0;
            for (int t = 0; t < tokens; t++) {
                mean += weight[t][f] / tokens;
                square += weight[t][f] * weight[t][f] / tokens;
            }
            double deviation = Math.sqrt(Math.max(square - mean * mean, 1e-12));
            for (int t = 0; t < tokens; t++) {
                weight[t][f] = (weight[t][f] - mean) / deviation;
            }
        }
        for (int t = 0; t < tokens; t++) {
            weight[t] = median(weight[t]);
        }
        return path(weight, tokens, frames);
    }

    private static double[] median(double[] row) {
        double[] smooth = new double[row.length];
        double[] window = new double[MEDIAN];
        for (int f = 0; f < row.length; f++) {
            for (int k = 0; k < MEDIAN; k++) {
                window[k] = row[Math.clamp((long) f + k - MEDIAN / 2, 0, row.length - 1)];
            }
            Arrays.sort(window);
            smooth[f] = window[MEDIAN / 2];
        }
        return smooth;
    }

    private static int[] path(double[][] weight, int tokens, int frames) {
        double[][] best = new double[tokens + 1][frames + 1];
        byte[][] from = new byte[tokens + 1][frames + 1];
        for (double[] row : best) {
            Arrays.fill(row, Double.NEGATIVE_INFINITY);
        }
        best[0][0] = 0;
        for (int t = 1; t <= tokens; t++) {
            for (int f = 1; f <= frames; f++) {
                double both = best[t - 1][f - 1];
                double token = best[t - 1][f];
                double frame = best[t][f - 1];
                double most = Math.max(both, Math.max(token, frame));
                from[t][f] = (byte) (most == both ? 0 : most == token ? 1 : 2);
                best[t][f] = most + weight[t - 1][f - 1];
            }
        }
        int[] begins = new int[tokens + 1];
        begins[tokens] = frames;
        int t = tokens;
        int f = frames;
        while (t > 0 && f > 0) {
            begins[t - 1] = f - 1;
            switch (from[t][f]) {
                case 0 -> {
                    t--;
                    f--;
                }
                case 1 -> t--;
                default -> f--;
            }
        }
        return begins;
    }
}
