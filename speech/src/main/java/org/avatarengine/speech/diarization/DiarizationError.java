package org.avatarengine.speech.diarization;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.speech.Span;

/**
 * The diarization error rate as defined by NIST: the time of missed speech, of false alarms and of speech assigned to
 * the wrong speaker, divided by the time of speech. Overlapping speech counts once for each speaker. There is no collar
 * around the reference's turns.
 *
 * @param missed the missed speech in seconds
 * @param falseAlarm the false alarms in seconds
 * @param confused the speech assigned to the wrong speaker, in seconds
 * @param speech the speech in the reference, in seconds
 * @see <a href="https://www.nist.gov/itl/iad/mig/rich-transcription-evaluation">NIST Rich Transcription</a>
 */
public record DiarizationError(double missed, double falseAlarm, double confused, double speech) {
    private static final double STEP = 0.001;

    /** The error rate, which can be above 1. */
    public double rate() {
        return (missed + falseAlarm + confused) / speech;
    }

    /** Compares turns with a reference within a time span. Speakers are matched so that the error is minimal. */
    public static DiarizationError of(List<SpeakerTurn> reference, List<SpeakerTurn> found, Span within) {
        List<String> known = speakers(reference);
        List<String> ours = speakers(found);
        int steps = (int) Math.round(within.length() / STEP);
        boolean[][] truth = active(reference, known, within, steps);
        boolean[][] guess = active(found, ours, within, steps);
        double[][] together = new double[known.size()][ours.size()];
        double missed = 0;
        double falseAlarm = 0;
        double possible = 0;
        double speech = 0;
        for (int t = 0; t < steps; t++) {
            int right = count(truth, t);
            int said = count(guess, t);
            speech += right;
            missed += Math.max(0, right - said);
            falseAlarm += Math.max(0, said - right);
            possible += Math.min(right, said);
            for (int a = 0; a < truth.length; a++) {
                for (int b = 0; truth[a][t] && b < guess.length; b++) {
                    together[a][b] += guess[b][t] ? 1 : 0;
                }
            }
        }
        double matched = best(together, 0, new boolean[ours.size()]);
        return new DiarizationError(missed * STEP, falseAlarm * STEP, (possible - matched) * STEP, speech * STEP);
    }

    private static List<String> speakers(List<SpeakerTurn> turns) {
        return turns.stream().map(SpeakerTurn::speaker).distinct().toList();
    }

    private static boolean[][] active(List<SpeakerTurn> turns, List<String> speakers, Span within, int steps) {
        boolean[][] active = new boolean[speakers.size()][steps];
        for (SpeakerTurn turn : turns) {
            int from = (int) Math.max(0, Math.round((turn.span().start() - within.start()) / STEP));
            int to = (int) Math.min(steps, Math.round((turn.span().end() - within.start()) / STEP));
            for (int t = from; t < to; t++) {
                active[speakers.indexOf(turn.speaker())][t] = true;
            }
        }
        return active;
    }

    private static int count(boolean[][] active, int at) {
        int count = 0;
        for (boolean[] one : active) {
            count += one[at] ? 1 : 0;
        }
        return count;
    }

    /**
     * The maximum common time of a one-to-one matching of speakers. There are few speakers, so all matchings are tried.
     */
    private static double best(double[][] together, int row, boolean[] used) {
        if (row == together.length) {
            return 0;
        }
        double best = best(together, row + 1, used);
        List<Integer> free = new ArrayList<>();
        for (int b = 0; b < used.length; b++) {
            if (!used[b] && together[row][b] > 0) {
                free.add(b);
            }
        }
        for (int b : free) {
            used[b] = true;
            best = Math.max(best, together[row][b] + best(together, row + 1, used));
            used[b] = false;
        }
        return best;
    }
}
