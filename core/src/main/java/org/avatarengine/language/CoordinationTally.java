package org.avatarengine.language;

import java.util.List;
import org.avatarengine.language.WordKinds.Kind;

/**
 * How much one person takes up the other's function words in answering: for eight kinds of words, how much more often an
 * answer has one when the message answered has (Danescu-Niculescu-Mizil et al., "Echoes of power", WWW 2012). Function
 * words, since nobody chooses them.
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

    /** Fewer than so many answers to a marker say nothing of it. */
    private static final long LEAST = 10;

    private final long[] asked = new long[MARKERS.size()];
    private final long[] echoed = new long[MARKERS.size()];
    private final long[] used = new long[MARKERS.size()];
    private long answers;

    /** Takes in a message of the other and the person's answer to it. */
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

    /** Adds what another tally of the same two counted. */
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

    /** The mean coordination over the kinds of words, −1 to 1; 0 is none, and what is said when there is too little. */
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
