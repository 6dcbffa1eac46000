package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.voice.SpeechRegions;

/**
 * The chunks for the transcriber: adjacent speech is merged, and long speech is cut at the quietest point.
 *
 * @see <a href="https://arxiv.org/abs/2303.00747">Bain et al. 2023, WhisperX: cut and merge</a>
 */
final class SpeechChunks {
    /** The maximum silence within a chunk, in seconds. */
    private static final double GAP = 1.5;

    /** The number of frames over which the loudness is averaged to find a quiet point. */
    private static final int SMOOTH = 5;

    private SpeechChunks() {}

    static List<Span> of(List<Span> speech, float[] probabilities, double longest) {
        List<Span> pieces = new ArrayList<>();
        for (Span region : speech) {
            Span rest = region;
            while (rest.length() > longest) {
                double at = quietest(probabilities, rest.start() + longest / 2, rest.start() + longest);
                pieces.add(new Span(rest.start(), at));
                rest = new Span(at, rest.end());
            }
            pieces.add(rest);
        }
        List<Span> chunks = new ArrayList<>();
        for (Span piece : pieces) {
            Span last = chunks.isEmpty() ? null : chunks.getLast();
            // Speech that was cut because it was too long is not merged again.
            if (last != null
                    && piece.start() > last.end()
                    && piece.start() - last.end() < GAP
                    && piece.end() - last.start() <= longest) {
                chunks.set(chunks.size() - 1, new Span(last.start(), piece.end()));
            } else {
                chunks.add(piece);
            }
        }
        return chunks;
    }

    private static double quietest(float[] probabilities, double from, double to) {
        int first = (int) (from / SpeechRegions.STEP);
        int last = Math.min(probabilities.length - 1, (int) (to / SpeechRegions.STEP));
        int best = last;
        double least = Double.POSITIVE_INFINITY;
        for (int i = first; i <= last; i++) {
            double sum = 0;
            for (int k = i - SMOOTH; k <= i + SMOOTH; k++) {
                sum += k < 0 || k >= probabilities.length ? 0 : probabilities[k];
            }
            if (sum <= least) {
                least = sum;
                best = i;
            }
        }
        return best * SpeechRegions.STEP;
    }
}
