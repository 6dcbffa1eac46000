package org.avatarengine.speech.signal;

import org.avatarengine.speech.media.Sound;

/** Logarithmic mel energies, in the forms on which the networks were trained. */
public final class LogMel {
    /** The number of filters for speaker encoders. */
    public static final int KALDI_MELS = 80;

    /** The length of their window in samples: 25 ms. */
    public static final int KALDI_WINDOW = 400;

    private static final int STEP = 160;
    private static final double PREEMPHASIS = 0.97;

    private LogMel() {}

    /**
     * Kaldi's filter banks without dither, with a Hamming window, and with each coefficient's mean subtracted: the
     * input of WeSpeaker and CAM++.
     *
     * @param samples the samples, from -1 to 1
     * @return frames by filters; empty when there is no complete window
     * @see <a href="https://kaldi-asr.org/doc/feat.html">Kaldi's features</a>
     */
    public static float[][] kaldi(float[] samples) {
        int frames = samples.length < KALDI_WINDOW ? 0 : 1 + (samples.length - KALDI_WINDOW) / STEP;
        Spectrum spectrum = new Spectrum(Spectrum.hamming(KALDI_WINDOW), 512);
        FilterBank bank = FilterBank.of(
                FilterBank.Scale.HTK, KALDI_MELS, spectrum.bins(), Sound.RATE, 20, Sound.RATE / 2.0, false);
        float[][] mels = new float[frames][KALDI_MELS];
        float[] window = new float[KALDI_WINDOW];
        double[] means = new double[KALDI_MELS];
        for (int t = 0; t < frames; t++) {
            double mean = 0;
            for (int i = 0; i < KALDI_WINDOW; i++) {
                // Kaldi's samples are 16-bit integers.
                window[i] = samples[t * STEP + i] * 32768;
                mean += window[i] / KALDI_WINDOW;
            }
            for (int i = 0; i < KALDI_WINDOW; i++) {
                window[i] -= (float) mean;
            }
            for (int i = KALDI_WINDOW - 1; i > 0; i--) {
                window[i] -= (float) (PREEMPHASIS * window[i - 1]);
            }
            window[0] -= (float) (PREEMPHASIS * window[0]);
            double[] power = spectrum.of(window, 0);
            for (int m = 0; m < KALDI_MELS; m++) {
                mels[t][m] = (float) Math.log(Math.max(bank.energy(m, power), Math.ulp(1f)));
                means[m] += mels[t][m] / frames;
            }
        }
        for (float[] frame : mels) {
            for (int m = 0; m < KALDI_MELS; m++) {
                frame[m] -= (float) means[m];
            }
        }
        return mels;
    }

    /** The length of Whisper's input in samples: 30 s. */
    public static final int WHISPER_SAMPLES = 30 * Sound.RATE;

    /** The number of frames in it. */
    public static final int WHISPER_FRAMES = 3000;

    private static final int WHISPER_WINDOW = 400;

    /**
     * Whisper's input: a periodic Hann window, reflection at the ends, Slaney's filters, and base-10 logarithms limited
     * to 8 below the maximum and scaled to about -1 to 1.
     *
     * @param samples the speech, at most 30 s; the rest is silence
     * @param filters 80, or 128 for large-v3
     * @return filters by {@link #WHISPER_FRAMES}, one row after the other
     * @see <a href="https://arxiv.org/abs/2212.04356">Radford et al. 2022</a>
     */
    public static float[] whisper(float[] samples, int filters) {
        int half = WHISPER_WINDOW / 2;
        float[] padded = new float[WHISPER_SAMPLES + WHISPER_WINDOW];
        System.arraycopy(samples, 0, padded, half, Math.min(samples.length, WHISPER_SAMPLES));
        for (int i = 0; i < half; i++) {
            padded[i] = padded[WHISPER_WINDOW - i];
            padded[padded.length - 1 - i] = padded[padded.length - 1 - WHISPER_WINDOW + i];
        }
        Spectrum spectrum = new Spectrum(Spectrum.periodicHann(WHISPER_WINDOW), WHISPER_WINDOW);
        FilterBank bank =
                FilterBank.of(FilterBank.Scale.SLANEY, filters, spectrum.bins(), Sound.RATE, 0, Sound.RATE / 2.0, true);
        float[] mels = new float[filters * WHISPER_FRAMES];
        float most = Float.NEGATIVE_INFINITY;
        for (int t = 0; t < WHISPER_FRAMES; t++) {
            double[] power = spectrum.of(padded, t * STEP);
            for (int m = 0; m < filters; m++) {
                float log = (float) Math.log10(Math.max(bank.energy(m, power), 1e-10));
                mels[m * WHISPER_FRAMES + t] = log;
                most = Math.max(most, log);
            }
        }
        for (int i = 0; i < mels.length; i++) {
            mels[i] = (Math.max(mels[i], most - 8) + 4) / 4;
        }
        return mels;
    }
}
