package org.avatarengine.speech.diarization;

import java.util.List;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.jspecify.annotations.Nullable;

/** Finds who speaks when. */
public interface Diarizer extends AutoCloseable {
    /** The name of the method, to show and to store. */
    String name();

    /**
     * Finds the speakers of a recording.
     *
     * @param speech the spans with speech
     * @param probabilities the probabilities of speech from {@link org.avatarengine.speech.voice.SileroVad}
     * @param speakers the number of speakers given by the user, if any
     * @return the turns in the order of their start; speakers are named {@code Speaker 1} and so on in the order of
     *     their first turn
     */
    List<SpeakerTurn> diarize(Sound sound, List<Span> speech, float[] probabilities, @Nullable Integer speakers);

    /** Most diarizers hold no resources. */
    @Override
    default void close() {}
}
