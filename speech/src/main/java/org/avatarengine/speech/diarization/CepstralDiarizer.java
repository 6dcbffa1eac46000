package org.avatarengine.speech.diarization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.signal.Cepstra;
import org.avatarengine.speech.voice.SpeechRegions;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes voices without a pretrained model: cepstra, whitened by their covariance in the recording;
 * agglomerative clustering of segments of one second; and a variational hidden Markov model that refines the
 * boundaries. It separates a woman from a man well, and two men at a distant microphone badly: a neural speaker encoder
 * is better.
 */
public final class CepstralDiarizer implements Diarizer {
    private static final int COEFFICIENTS = 16;

    /** The number of frames in a block, and of blocks in a window that is clustered. */
    private static final int BLOCK = 10;

    private static final int WINDOW = 10;
    private static final double THRESHOLD = 0.1;
    private static final int MOST_SPEAKERS = 6;

    /** Frames with at least this probability of speech are used to distinguish voices. */
    private static final float CLEAR = 0.5f;

    /** With fewer frames, voices cannot be distinguished. */
    private static final int FEWEST = 200;

    @Override
    public String name() {
        return "cepstra and variational HMM 1";
    }

    @Override
    public List<SpeakerTurn> diarize(
            Sound sound, List<Span> speech, float[] probabilities, @Nullable Integer speakers) {
        float[][] cepstra = Cepstra.of(sound, COEFFICIENTS);
        int[] clear = clear(cepstra.length, speech, probabilities);
        if (clear.length < FEWEST || (speakers != null && speakers == 1)) {
            return TurnCutter.cut(speech, t -> new double[] {1});
        }
        List<float[]> frames = new ArrayList<>(clear.length);
        for (int t : clear) {
            frames.add(cepstra[t]);
        }
        Whitening whitening = Whitening.of(frames);
        int blocks = (clear.length + BLOCK - 1) / BLOCK;
        double[][] sums = new double[blocks][COEFFICIENTS];
        double[] counts = new double[blocks];
        for (int i = 0; i < clear.length; i++) {
            double[] white = whitening.of(cepstra[clear[i]]);
            for (int d = 0; d < COEFFICIENTS; d++) {
                sums[i / BLOCK][d] += white[d];
            }
            counts[i / BLOCK]++;
        }
        int most = speakers == null ? MOST_SPEAKERS : speakers;
        double[][] posterior = infer(sums, counts, most, speakers != null);
        int[] nearest = nearest(cepstra.length + 1, clear);
        return TurnCutter.cut(speech, t -> posterior[nearest[Math.min(t, nearest.length - 1)] / BLOCK]);
    }

    /** Tries each possible number of clusters, and uses the result that explains the recording best. */
    private static double[][] infer(double[][] sums, double[] counts, int most, boolean known) {
        VariationalHmm.Inferred best = null;
        for (int clusters = known ? most : 1; clusters <= most; clusters++) {
            VariationalHmm.Inferred one =
                    new VariationalHmm(sums, counts, clusters).infer(guess(sums, clusters, known ? most : 1));
            best = best == null || one.likelihood() > best.likelihood() ? one : best;
        }
        return Objects.requireNonNull(best).posterior();
    }

    private static int[] clear(int frames, List<Span> speech, float[] probabilities) {
        boolean[] in = new boolean[frames];
        for (Span region : speech) {
            int from = (int) (region.start() * Cepstra.RATE);
            int to = (int) Math.min(frames, region.end() * Cepstra.RATE);
            for (int t = from; t < to; t++) {
                int window = (int) ((t + 0.5) / Cepstra.RATE / SpeechRegions.STEP);
                in[t] = probabilities[Math.min(window, probabilities.length - 1)] > CLEAR;
            }
        }
        int[] clear = new int[frames];
        int count = 0;
        for (int t = 0; t < frames; t++) {
            if (in[t]) {
                clear[count++] = t;
            }
        }
        return Arrays.copyOf(clear, count);
    }

    /** The initial assignment of blocks to speakers, from clusters of windows. */
    private static double[][] guess(double[][] sums, int most, int least) {
        List<double[]> windows = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int from = 0; from == 0 || from + WINDOW <= sums.length; from += WINDOW / 2) {
            double[] sum = new double[COEFFICIENTS];
            for (int b = from; b < Math.min(sums.length, from + WINDOW); b++) {
                for (int d = 0; d < COEFFICIENTS; d++) {
                    sum[d] += sums[b][d];
                }
            }
            windows.add(sum);
            starts.add(from);
        }
        int[] labels = AverageLinkage.cluster(windows, THRESHOLD, most, least);
        double[][] guess = new double[sums.length][most];
        for (int w = 0; w < labels.length; w++) {
            int end = w + 1 < labels.length ? starts.get(w + 1) : sums.length;
            for (int b = starts.get(w); b < end; b++) {
                Arrays.fill(guess[b], 0.1 / most);
                guess[b][labels[w]] += 0.9;
            }
        }
        return guess;
    }

    /** For each frame, the index of the nearest frame with clear speech among all such frames. */
    private static int[] nearest(int frames, int[] clear) {
        int[] nearest = new int[frames];
        int i = 0;
        for (int t = 0; t < frames; t++) {
            while (i + 1 < clear.length && Math.abs(clear[i + 1] - t) <= Math.abs(clear[i] - t)) {
                i++;
            }
            nearest[t] = i;
        }
        return nearest;
    }
}
