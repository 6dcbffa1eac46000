package org.avatarengine.speech.voice;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;

/** Converts probabilities of speech to speech regions. */
public final class SpeechRegions {
    /** The probability that a region must reach somewhere. */
    private static final float ONSET = 0.3f;

    /** A region continues while the probability is at least this high. */
    private static final float OFFSET = 0.1f;

    /** A frame with this probability is speech. */
    private static final float SPOKEN = 0.5f;

    /** The time in seconds added at both ends, because the network detects the loud middle of words best. */
    private static final double MARGIN = 0.2;

    /** The maximum silence within a region, in seconds. */
    private static final double BREATH = 0.6;

    /** The minimum silence that ends a word, in seconds. */
    private static final double WITHIN_WORD = 0.25;

    /** The minimum length in seconds; shorter sounds are clicks. */
    private static final double SHORTEST = 0.09;

    private SpeechRegions() {}

    /** The length of a frame in seconds. */
    public static final double STEP = (double) SileroVad.FRAME / Sound.RATE;

    /**
     * The speech regions, in order and without overlap.
     *
     * @param probabilities the probabilities from {@link SileroVad}
     * @param seconds the duration of the recording
     */
    public static List<Span> of(float[] probabilities, double seconds) {
        List<Span> regions = new ArrayList<>();
        int from = -1;
        boolean sure = false;
        for (int i = 0; i <= probabilities.length; i++) {
            boolean on = i < probabilities.length && probabilities[i] >= OFFSET;
            if (on) {
                from = from < 0 ? i : from;
                sure |= probabilities[i] >= ONSET;
            } else if (from >= 0) {
                if (sure && (i - from) * STEP >= SHORTEST) {
                    add(regions, Math.max(0, from * STEP - MARGIN), Math.min(seconds, i * STEP + MARGIN));
                }
                from = -1;
                sure = false;
            }
        }
        return regions;
    }

    /** A span without the silence at its ends; unchanged when all of it is silent. */
    public static Span trim(Span span, float[] probabilities) {
        int from = (int) (span.start() / STEP);
        int to = (int) Math.min(probabilities.length, Math.ceil(span.end() / STEP));
        int first = from;
        while (first < to && probabilities[first] < SPOKEN) {
            first++;
        }
        if (first >= to) {
            return span;
        }
        int last = to - 1;
        while (probabilities[last] < SPOKEN) {
            last--;
        }
        double start = Math.max(span.start(), first * STEP);
        return new Span(start, Math.max(start, Math.min(span.end(), (last + 1) * STEP)));
    }

    /** A word without the silence at its ends. A word with a pause in it is taken to end before the pause. */
    public static Span word(Span span, float[] probabilities) {
        Span trimmed = trim(span, probabilities);
        int from = (int) (trimmed.start() / STEP);
        int to = (int) Math.min(probabilities.length, Math.ceil(trimmed.end() / STEP));
        int silent = 0;
        for (int i = from; i < to; i++) {
            silent = probabilities[i] < SPOKEN ? silent + 1 : 0;
            double pause = (i + 1 - silent) * STEP;
            if (silent * STEP >= WITHIN_WORD && pause - trimmed.start() >= SHORTEST) {
                return new Span(trimmed.start(), pause);
            }
        }
        return trimmed;
    }

    private static void add(List<Span> regions, double start, double end) {
        if (end <= start) {
            return;
        }
        if (!regions.isEmpty() && start - regions.getLast().end() < BREATH) {
            regions.set(regions.size() - 1, new Span(regions.getLast().start(), end));
        } else {
            regions.add(new Span(start, end));
        }
    }
}
