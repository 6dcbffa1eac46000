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
 * A recording that was listened to.
 *
 * @param id stable: made of the file's SHA-256
 * @param title the file's name
 * @param sha256 of the original
 * @param original the file's name in the recording's folder
 * @param startedAt when it was recorded: by the user, else by the file, else by the file's date
 * @param seconds how long it is
 * @param transcriber which engine and model wrote the words
 * @param diarizer what told the speakers apart
 * @param language ISO 639-1; {@code und} when unknown
 * @param styles how each speaker speaks
 * @param hints who the speakers may be, by what is said
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
     * A name that tells who a speaker may be.
     *
     * @param confidence from 0 to 1
     * @param utterance the number of the utterance that shows it
     */
    public record NameHint(String speaker, String name, double confidence, int utterance) {}

    /** The speakers, in the order of their names. */
    public List<String> speakers() {
        TreeSet<String> speakers = new TreeSet<>(
                (a, b) -> a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b));
        turns.forEach(turn -> speakers.add(turn.speaker()));
        utterances.forEach(utterance -> speakers.add(utterance.speaker()));
        return List.copyOf(speakers);
    }

    /** Where in the original something is, as media fragments write it. */
    public static String fragment(double seconds) {
        return String.format(Locale.ROOT, "#t=%.1f", seconds);
    }

    /** How many words were said. */
    public int words() {
        return utterances.stream().mapToInt(u -> u.words().size()).sum();
    }

    /** How a speaker speaks; null when that was not measured. */
    public @Nullable SpeechStyle style(String speaker) {
        return styles.get(speaker);
    }
}
