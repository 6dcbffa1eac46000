package org.avatarengine.speech.diarization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.avatarengine.speech.Span;

/** Converts the probabilities of speakers over time to turns. */
final class TurnCutter {
    /** Frames per second. */
    static final int RATE = 100;

    /** In seconds; a shorter turn between two turns of another speaker is assigned to that speaker. */
    private static final double SHORTEST = 0.3;

    private TurnCutter() {}

    /** @param frame returns the probabilities of the speakers in a frame */
    static List<SpeakerTurn> cut(List<Span> speech, IntFunction<double[]> frame) {
        List<Numbered> turns = new ArrayList<>();
        for (Span region : speech) {
            int from = (int) Math.round(region.start() * RATE);
            int to = (int) Math.round(region.end() * RATE);
            int[] first = new int[Math.max(0, to - from)];
            for (int i = 0; i < first.length; i++) {
                first[i] = best(frame.apply(from + i));
            }
            smooth(first);
            int begun = 0;
            for (int i = 1; i <= first.length; i++) {
                if (i == first.length || first[i] != first[begun]) {
                    turns.add(new Numbered(
                            first[begun], new Span((from + begun) / (double) RATE, (from + i) / (double) RATE)));
                    begun = i;
                }
            }
        }
        Map<Integer, String> names = new LinkedHashMap<>();
        return turns.stream()
                .map(turn -> new SpeakerTurn(
                        names.computeIfAbsent(turn.speaker(), s -> "Speaker " + (names.size() + 1)), turn.span()))
                .toList();
    }

    private record Numbered(int speaker, Span span) {}

    private static int best(double[] probabilities) {
        int best = 0;
        for (int s = 1; s < probabilities.length; s++) {
            best = probabilities[s] > probabilities[best] ? s : best;
        }
        return best;
    }

    /** Assigns runs that are too short, between two runs of one speaker, to that speaker. */
    private static void smooth(int[] first) {
        int start = 0;
        for (int i = 1; i <= first.length; i++) {
            if (i == first.length || first[i] != first[start]) {
                boolean within = start > 0 && i < first.length && first[start - 1] == first[i];
                if (within && i - start < SHORTEST * RATE) {
                    Arrays.fill(first, start, i, first[i]);
                    // The previous run and this one are now one run.
                    while (start > 0 && first[start - 1] == first[i]) {
                        start--;
                    }
                } else {
                    start = i;
                }
            }
        }
    }
}
