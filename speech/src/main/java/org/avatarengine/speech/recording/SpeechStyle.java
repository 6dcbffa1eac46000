package org.avatarengine.speech.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How somebody speaks in a recording. All figures are for this recording only; {@code words} and {@code turns} are the
 * sample sizes.
 *
 * @param seconds the speaking time
 * @param share the share of all speaking time, from 0 to 1
 * @param turns the number of turns
 * @param wordsPerMinute the words per minute of speaking time
 * @param pauses the silences of 0.25 to 2 seconds within turns, per minute of speech
 * @param fillersPer100Words the words such as "um" per 100 words
 * @param fillers these words, the most frequent first
 * @param questions the share of utterances that are questions
 * @param backchannels the short answers such as "yeah" during another's turn
 * @param interruptions how often they begin a turn in the middle of another's sentence
 * @param interrupted how often they are interrupted
 * @param responseSeconds the median time from the end of another's turn to the beginning of theirs; negative if they
 *     begin earlier; null if they never answer
 * @param pitch the median pitch, in Hz; 0 when unknown
 * @param pitchRange the median pitch range within an utterance, in semitones
 * @param level the median level, in dB below full scale
 */
public record SpeechStyle(
        double seconds,
        double share,
        int turns,
        int words,
        double wordsPerMinute,
        double pauses,
        double fillersPer100Words,
        List<String> fillers,
        double questions,
        int backchannels,
        int interruptions,
        int interrupted,
        @Nullable Double responseSeconds,
        double pitch,
        double pitchRange,
        double level) {
    public SpeechStyle {
        responseSeconds = responseSeconds == null || responseSeconds.isNaN() ? null : responseSeconds;
    }
}
