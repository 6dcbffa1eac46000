package org.avatarengine.speech.recording;

import java.util.ArrayList;
import java.util.List;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.transcription.Word;

/** Gives each word to a speaker, and puts together what one says in one go. */
final class UtteranceCutter {
    /** Seconds of silence after a sentence that end an utterance. */
    private static final double PAUSE = 1.0;

    /** Seconds of silence that end one within a sentence. */
    private static final double LONG_PAUSE = 2.0;

    /** Seconds after which an utterance ends with the next sentence. */
    private static final double LONG = 20;

    private UtteranceCutter() {}

    /** Words of one speaker. */
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

    /** Who speaks during most of a word; for a word between turns, whose turn is next to it. */
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
