package org.avatarengine.speech.recording;

import java.util.List;

/**
 * How somebody speaks in a recording. Each figure is of this recording alone; {@code words} and {@code turns} are its
 * sample sizes.
 *
 * @param seconds how long they speak
 * @param share their part of all speaking time, from 0 to 1
 * @param turns how often they take the word, from when another had it
 * @param wordsPerMinute words over the time they speak
 * @param pauses silences of a quarter of a second to two seconds within their turns, a minute of speech
 * @param fillersPer100Words words such as "um" in a hundred
 * @param fillers which, the most frequent first
 * @param questions the share of their utterances that ask
 * @param backchannels short answers such as "yeah" while another has the word
 * @param interruptions how often they take the word at once, in the middle of another's sentence
 * @param interrupted how often that is done to them
 * @param responseSeconds the median from another's end to their beginning; negative when they begin before; NaN when they
 *     never answer
 * @param pitch the median, in Hz; 0 when unknown
 * @param pitchRange the median range within an utterance, in semitones
 * @param level the median loudness, in dB below full scale
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
        double responseSeconds,
        double pitch,
        double pitchRange,
        double level) {}
