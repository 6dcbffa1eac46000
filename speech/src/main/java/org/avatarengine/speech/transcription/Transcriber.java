package org.avatarengine.speech.transcription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns speech into words. Not for several threads at once. */
public interface Transcriber extends AutoCloseable {
    /** Which engine and model, to be shown and stored. */
    String name();

    /** How many seconds it takes at once. */
    double longest();

    /** The language it writes, as an ISO 639-1 code, when it is the same for all; null when it finds it out. */
    @Nullable
    String language();

    /**
     * What is said.
     *
     * @param words with times from the beginning of the samples; empty when nothing is said
     * @param language ISO 639-1
     */
    record Heard(List<Word> words, String language) {}

    /**
     * Listens.
     *
     * @param samples at 16 kHz, not longer than {@link #longest}
     */
    Heard transcribe(float[] samples);

    @Override
    void close();
}
