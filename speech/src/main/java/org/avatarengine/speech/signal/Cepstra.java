package org.avatarengine.speech.signal;

import org.avatarengine.speech.media.Sound;

/**
 * Mel-frequency cepstral coefficients, 100 times per second: the resonances of a voice without its pitch.
 *
 * @see <a href="https://doi.org/10.1109/TASSP.1980.1163420">Davis &amp; Mermelstein 1980</a>
 */
public final class Cepstra {
    /** Frames per second. */
    public static final int RATE = 100;

    private static final int STEP = Sound.RATE / RATE;
    private static final int WINDOW = 480;
    private static final int FILTERS = 30;
    private static final double PREEMPHASIS = 0.97;

    private Cepstra() {}

    /**
     * Computes the coefficients of a recording.
     *
     * @param count the number of coefficients, from the first (the zeroth is loudness)
     * @return frames by coefficients; a frame describes the sound around its time
     */
    public static float[][] of(Sound sound, int count) {
        int frames = Math.toIntExact(sound.length() / STEP);
        float[][] cepstra = new float[frames][count];
        Spectrum spectrum = new Spectrum(Spectrum.hamming(WINDOW), 512);
        FilterBank bank = FilterBank.of(FilterBank.Scale.HTK, FILTERS, spectrum.bins(), Sound.RATE, 60, 7600, false);
        double[][] cosines = new double[count][FILTERS];
        for (int c = 0; c < count; c++) {
            for (int f = 0; f < FILTERS; f++) {
                cosines[c][f] = Math.sqrt(2.0 / FILTERS) * Math.cos(Math.PI * (c + 1) * (f + 0.5) / FILTERS);
            }
        }
        float[] samples = new float[WINDOW + 1];
        double[] logs = new double[FILTERS];
        for (int t = 0; t < frames; t++) {
            sound.read((long) t * STEP + STEP / 2 - WINDOW / 2 - 1, samples, 0, samples.length);
            for (int i = samples.length - 1; i > 0; i--) {
                samples[i] -= (float) (PREEMPHASIS * samples[i - 1]);
            }
            double[] power = spectrum.of(samples, 1);
            for (int f = 0; f < FILTERS; f++) {
                logs[f] = Math.log(bank.energy(f, power) + 1e-8);
            }
            for (int c = 0; c < count; c++) {
                double sum = 0;
                for (int f = 0; f < FILTERS; f++) {
                    sum += cosines[c][f] * logs[f];
                }
                cepstra[t][c] = (float) sum;
            }
        }
        return cepstra;
    }
}
