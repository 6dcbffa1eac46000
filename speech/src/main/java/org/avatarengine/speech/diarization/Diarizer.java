package org.avatarengine.speech.diarization;

import java.util.List;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.jspecify.annotations.Nullable;

/** Tells who speaks when. */
public interface Diarizer extends AutoCloseable {
    /** What tells the voices apart, to be shown and stored. */
    String name();

    /**
     * Finds the speakers of a recording.
     *
     * @param speech where somebody speaks
     * @param probabilities of speech, as {@link org.avatarengine.speech.voice.SileroVad} gives them
     * @param speakers how many there are, where the user says so
     * @return turns in order of their start; speakers are called {@code Speaker 1} and so on, by when they first speak
     */
    List<SpeakerTurn> diarize(Sound sound, List<Span> speech, float[] probabilities, @Nullable Integer speakers);

    /** Most hold nothing. */
    @Override
    default void close() {}
}
