package org.avatarengine.speech.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.transcription.Word;

/** Artificial recordings. */
final class Recordings {
    private Recordings() {}

    /** Words of half a second each, one after the other. */
    static List<Word> words(double start, String text) {
        List<Word> words = new ArrayList<>();
        double at = start;
        for (String word : text.split(" ", -1)) {
            words.add(new Word(word, new Span(at, at + 0.5), 0.9));
            at += 0.5;
        }
        return words;
    }

    static Utterance utterance(int number, String speaker, double start, String text) {
        List<Word> words = words(start, text);
        return new Utterance(
                number,
                speaker,
                new Span(start, words.getLast().span().end()),
                words,
                Emotion.NEUTRAL,
                new Utterance.Voice(120, 2, -20, 0));
    }

    static SpeakerTurn turn(String speaker, double from, double to) {
        return new SpeakerTurn(speaker, new Span(from, to));
    }

    static Recording of(Utterance... utterances) {
        List<Utterance> all = Arrays.asList(utterances);
        List<SpeakerTurn> turns =
                all.stream().map(u -> new SpeakerTurn(u.speaker(), u.span())).toList();
        return new Recording(
                "0123456789abcdef",
                "dinner.m4a",
                "0123456789abcdef".repeat(4),
                "original.m4a",
                Instant.parse("2026-03-01T18:00:00Z"),
                60,
                new MediaInfo("mov", 60, null, List.of(), null),
                "moonshine-tiny-en",
                "test",
                "en",
                turns,
                all,
                new TreeMap<>(SpeechStyles.of(turns, all)),
                NameHints.of(all));
    }
}
