package org.avatarengine.speech.recording;

import java.util.List;
import java.util.stream.Collectors;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.transcription.Word;

/**
 * A speaker's utterance.
 *
 * @param number its index in the recording, from 0
 * @param emotion the most likely emotion, from the words
 * @param voice the manner of speaking
 */
public record Utterance(int number, String speaker, Span span, List<Word> words, Emotion emotion, Voice voice) {
    /**
     * The manner of speaking of an utterance.
     *
     * @param pitch the median pitch, in Hz; 0 without voiced sound
     * @param range the interquartile range of the pitch, in semitones
     * @param level the mean power, in dB below full scale (never above 0)
     * @param arousal how much higher and louder than the speaker's average, in standard deviations; 0 with too few
     *     utterances to compare
     */
    public record Voice(double pitch, double range, double level, double arousal) {}

    /** The text of the utterance. */
    public String text() {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    /** The mean probability of the words. */
    public double confidence() {
        return words.stream().mapToDouble(Word::probability).average().orElse(0);
    }
}
