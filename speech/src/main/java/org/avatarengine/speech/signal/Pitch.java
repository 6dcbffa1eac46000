package org.avatarengine.speech.signal;

import org.avatarengine.speech.media.Sound;

/**
 * The fundamental frequency of a voice, by YIN.
 *
 * @see <a href="https://doi.org/10.1121/1.1458024">de Cheveigné &amp; Kawahara 2002</a>
 */
public final class Pitch {
    /** Frames per second. */
    public static final int RATE = 100;

    private static final int STEP = Sound.RATE / RATE;
    private static final double LOWEST = 60;
    private static final double HIGHEST = 450;
    private static final int LONGEST_LAG = (int) (Sound.RATE / LOWEST);
    private static final int SHORTEST_LAG = (int) (Sound.RATE / HIGHEST);
    private static final int WINDOW = 2 * LONGEST_LAG;

    /** The maximum aperiodic share of the power of a voiced frame. */
    private static final double APERIODIC = 0.2;

    private Pitch() {}

    /**
     * The pitch of a time span, frame by frame.
     *
     * @return the pitch in Hz; 0 where the sound is not voiced
     */
    public static float[] of(Sound sound, double from, double to) {
        int frames = (int) Math.max(0, Math.floor((to - from) * RATE));
        float[] pitch = new float[frames];
        float[] samples = new float[WINDOW + LONGEST_LAG + 1];
        double[] difference = new double[LONGEST_LAG + 2];
        long first = Math.round(from * Sound.RATE);
        for (int t = 0; t < frames; t++) {
            sound.read(first + (long) t * STEP + STEP / 2 - WINDOW / 2, samples, 0, samples.length);
            pitch[t] = of(samples, difference);
        }
        return pitch;
    }

    private static float of(float[] samples, double[] difference) {
        double power = 0;
        for (int i = 0; i < WINDOW; i++) {
            power += samples[i] * samples[i];
        }
        if (power / WINDOW < 1e-8) {
            return 0;
        }
        double sum = 0;
        for (int lag = 1; lag <= LONGEST_LAG; lag++) {
            double d = 0;
            // Every second sample is enough: the relevant harmonics of voices are far below 4 kHz.
            for (int i = 0; i < WINDOW; i += 2) {
                double e = samples[i] - samples[i + lag];
                d += e * e;
            }
            sum += d;
            difference[lag] = sum == 0 ? 1 : d * lag / sum;
        }
        for (int lag = SHORTEST_LAG; lag < LONGEST_LAG; lag++) {
            if (difference[lag] < APERIODIC && difference[lag] <= difference[lag + 1]) {
                double left = difference[lag - 1];
                double right = difference[lag + 1];
                double bend = left - 2 * difference[lag] + right;
                double shift = bend == 0 ? 0 : 0.5 * (left - right) / bend;
                return (float) (Sound.RATE / (lag + shift));
            }
        }
        return 0;
    }
}
