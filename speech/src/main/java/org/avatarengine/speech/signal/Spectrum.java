package org.avatarengine.speech.signal;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/** Power spectra of windows of sound. Not thread-safe. */
public final class Spectrum {
    private final double[] window;
    private final int size;
    private final DoubleFFT_1D fft;
    private final double[] work;
    private final double[] power;

    /**
     * @param window the window function
     * @param size the size of the transform, at least that of the window
     */
    public Spectrum(double[] window, int size) {
        this.window = window.clone();
        this.size = size;
        this.fft = new DoubleFFT_1D(size);
        this.work = new double[size];
        this.power = new double[size / 2 + 1];
    }

    /** A periodic Hann window, as is usual for transforms. */
    public static double[] periodicHann(int length) {
        double[] window = new double[length];
        for (int i = 0; i < length; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
        }
        return window;
    }

    /** A Hamming window. */
    public static double[] hamming(int length) {
        double[] window = new double[length];
        for (int i = 0; i < length; i++) {
            window[i] = 0.54 - 0.46 * Math.cos(2 * Math.PI * i / (length - 1));
        }
        return window;
    }

    /** The length of a window in samples. */
    public int length() {
        return window.length;
    }

    /** The number of bins of a spectrum, from 0 Hz to half the rate. */
    public int bins() {
        return power.length;
    }

    /**
     * The power in each bin. The next call overwrites the array.
     *
     * @param from the index of the window's first sample
     */
    public double[] of(float[] samples, int from) {
        for (int i = 0; i < window.length; i++) {
            work[i] = samples[from + i] * window[i];
        }
        Arrays.fill(work, window.length, size, 0);
        fft.realForward(work);
        power[0] = work[0] * work[0];
        power[size / 2] = work[1] * work[1];
        for (int b = 1; b < size / 2; b++) {
            power[b] = work[2 * b] * work[2 * b] + work[2 * b + 1] * work[2 * b + 1];
        }
        return power;
    }
}
