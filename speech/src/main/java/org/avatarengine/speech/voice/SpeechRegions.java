package org.avatarengine.speech.voice;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;

/** From probabilities of speech to the stretches in which somebody speaks. */
public final class SpeechRegions {
    /** A stretch must be this likely somewhere. */
    private static final float ONSET = 0.3f;

    /** It goes on while speech is this likely. */
    private static final float OFFSET = 0.1f;

    /** Seconds that are added on both sides: the network hears the loud middle of words best. */
    private static final double MARGIN = 0.2;

    /** Seconds of silence that do not end a stretch. */
    private static final double BREATH = 0.6;

    /** Seconds; shorter sounds are clicks. */
    private static final double SHORTEST = 0.09;

    private SpeechRegions() {}

    /** Seconds that a frame takes. */
    public static final double STEP = (double) SileroVad.FRAME / Sound.RATE;

    /**
     * The stretches of speech, in order and apart.
     *
     * @param probabilities as {@link SileroVad} gives them
     * @param seconds how long the recording is
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
