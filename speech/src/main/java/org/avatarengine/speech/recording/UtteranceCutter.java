package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.transcription.Word;

/** Assigns each word to a speaker, and groups the words into utterances. */
final class UtteranceCutter {
    /** The silence after a sentence that ends an utterance, in seconds. */
    private static final double PAUSE = 1.0;

    /** The silence within a sentence that ends an utterance, in seconds. */
    private static final double LONG_PAUSE = 2.0;

    /** The length in seconds after which an utterance ends with the next sentence. */
    private static final double LONG = 20;

    private UtteranceCutter() {}

    /** The words of one speaker. */
    record Said(String speaker, List<Word> words) {
        Span span() {
            return new Span(
                    words.getFirst().span().start(), words.getLast().span().end());
        }
    }

    static List<Said> cut(List<Word> words, List<SpeakerTurn> turns) {
        List<Said> all = new ArrayList<>();
        for (Word word : words) {
            String speaker = speaker(word.span(), turns);
            Said last = all.isEmpty() ? null : all.getLast();
            if (last != null && last.speaker().equals(speaker) && goesOn(last, word)) {
                last.words().add(word);
            } else {
                all.add(new Said(speaker, new ArrayList<>(List.of(word))));
            }
        }
        return all;
    }

    private static boolean goesOn(Said said, Word word) {
        Word last = said.words().getLast();
        boolean sentenceEnds = last.text().matches(".*[.!?…]");
        return word.span().start() - last.span().end() < (sentenceEnds ? PAUSE : LONG_PAUSE)
                && !(sentenceEnds && said.span().length() > LONG);
    }

    /** The speaker during most of a word; for a word between turns, the speaker of the nearest turn. */
    private static String speaker(Span word, List<SpeakerTurn> turns) {
        SpeakerTurn best = null;
        double bestOverlap = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (SpeakerTurn turn : turns) {
            double overlap = turn.span().overlap(word);
            double away = Math.max(
                    turn.span().start() - word.end(), word.start() - turn.span().end());
            if (overlap > bestOverlap || (bestOverlap == 0 && overlap == 0 && away < nearest)) {
                best = turn;
                bestOverlap = overlap;
                nearest = away;
            }
        }
        return best == null ? "Speaker 1" : best.speaker();
    }
}
