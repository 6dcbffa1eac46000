package org.avatarengine.speech.recording;

import java.util.List;
import java.util.stream.Collectors;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.transcription.Word;

/**
 * What a speaker said in one go.
 *
 * @param number its place in the recording, from 0
 * @param emotion the likeliest by the words
 * @param voice how it was said
 */
public record Utterance(int number, String speaker, Span span, List<Word> words, Emotion emotion, Voice voice) {
    /**
     * How something was said.
     *
     * @param pitch the median, in Hz; 0 when nothing was voiced
     * @param range from the pitch's lower to its upper quartile, in semitones
     * @param level the mean power, in dB below full scale (never above 0)
     * @param arousal how much higher and louder than the speaker speaks otherwise, in standard deviations; 0 when there
     *     is too little to compare
     */
    public record Voice(double pitch, double range, double level, double arousal) {}

    /** The words as they are written. */
    public String text() {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    /** The mean of the words' probabilities. */
    public double confidence() {
        return words.stream().mapToDouble(Word::probability).average().orElse(0);
    }
}
