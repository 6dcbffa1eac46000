package org.avatarengine.language;

import java.util.List;
import org.avatarengine.language.WordKinds.Kind;

/**
 * Linguistic coordination: how much more often an answer contains a kind of function word if the answered message does,
 * for eight kinds (Danescu-Niculescu-Mizil et al., "Echoes of power", WWW 2012). Function words are used because people
 * choose them unconsciously.
 */
public final class CoordinationTally {
    private static final List<Kind> MARKERS = List.of(
            Kind.ARTICLE,
            Kind.AUXILIARY,
            Kind.CONJUNCTION,
            Kind.ADVERB,
            Kind.PRONOUN,
            Kind.PREPOSITION,
            Kind.QUANTIFIER,
            Kind.NEGATION);

    /** The minimum number of answers to a marker. */
    private static final long LEAST = 10;

    private final long[] asked = new long[MARKERS.size()];
    private final long[] echoed = new long[MARKERS.size()];
    private final long[] used = new long[MARKERS.size()];
    private long answers;

    /** Adds a message of the other and the person's answer. */
    public void add(Utterance message, Utterance answer) {
        int there = message.all();
        int here = answer.all();
        answers++;
        for (int i = 0; i < MARKERS.size(); i++) {
            int bit = MARKERS.get(i).bit();
            used[i] += (here & bit) != 0 ? 1 : 0;
            asked[i] += (there & bit) != 0 ? 1 : 0;
            echoed[i] += (there & here & bit) != 0 ? 1 : 0;
        }
    }

    /** Adds another tally of the same two people. */
    public void merge(CoordinationTally other) {
        for (int i = 0; i < asked.length; i++) {
            asked[i] += other.asked[i];
            echoed[i] += other.echoed[i];
            used[i] += other.used[i];
        }
        answers += other.answers;
    }

    /** The number of answers. */
    public long answers() {
        return answers;
    }

    /** The mean coordination over the kinds of words, −1 to 1; 0 means none or too little data. */
    public double coordination() {
        double sum = 0;
        int markers = 0;
        for (int i = 0; i < asked.length; i++) {
            if (asked[i] >= LEAST) {
                sum += (double) echoed[i] / asked[i] - (double) used[i] / answers;
                markers++;
            }
        }
        return markers == 0 ? 0 : sum / markers;
    }
}
