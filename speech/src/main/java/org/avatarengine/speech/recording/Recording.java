package org.avatarengine.speech.recording;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.avatarengine.speech.diarization.SpeakerTurn;
import org.avatarengine.speech.media.MediaInfo;
import org.jspecify.annotations.Nullable;

/**
 * A processed recording.
 *
 * @param id a stable identifier, from the file's SHA-256
 * @param title the file's name
 * @param sha256 the SHA-256 of the original
 * @param original the file's name in the recording's folder
 * @param startedAt the time of the recording: from the user, otherwise from the file's metadata, otherwise the file's
 *     date
 * @param seconds the duration
 * @param transcriber the engine and model of the transcription
 * @param diarizer the method that distinguished the speakers
 * @param language the language, ISO 639-1; {@code und} when unknown
 * @param styles the speaking style of each speaker
 * @param hints hints at who the speakers are, from what is said
 */
public record Recording(
        String id,
        String title,
        String sha256,
        String original,
        Instant startedAt,
        double seconds,
        MediaInfo media,
        String transcriber,
        String diarizer,
        String language,
        List<SpeakerTurn> turns,
        List<Utterance> utterances,
        Map<String, SpeechStyle> styles,
        List<NameHint> hints) {

    /**
     * A name that may be a speaker's.
     *
     * @param confidence the confidence, from 0 to 1
     * @param utterance the number of the utterance that shows it
     */
    public record NameHint(String speaker, String name, double confidence, int utterance) {}

    /** The speakers in the order of their names. */
    public List<String> speakers() {
        TreeSet<String> speakers = new TreeSet<>(
                (a, b) -> a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b));
        turns.forEach(turn -> speakers.add(turn.speaker()));
        utterances.forEach(utterance -> speakers.add(utterance.speaker()));
        return List.copyOf(speakers);
    }

    /** A position in the original, as a media fragment. */
    public static String fragment(double seconds) {
        return String.format(Locale.ROOT, "#t=%.1f", seconds);
    }

    /** The number of words. */
    public int words() {
        return utterances.stream().mapToInt(u -> u.words().size()).sum();
    }

    /** The speaking style of a speaker; null when it was not measured. */
    public @Nullable SpeechStyle style(String speaker) {
        return styles.get(speaker);
    }
}
