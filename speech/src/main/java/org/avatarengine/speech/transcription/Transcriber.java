package org.avatarengine.speech.transcription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transcribes speech. Not thread-safe. */
public interface Transcriber extends AutoCloseable {
    /** The name of the engine and the model, to show and to store. */
    String name();

    /** The maximum length of its input in seconds. */
    double longest();

    /** The language of its texts as an ISO 639-1 code; null when it detects the language. */
    @Nullable
    String language();

    /**
     * A transcript.
     *
     * @param words the words with times from the beginning of the samples; empty without speech
     * @param language the language, ISO 639-1
     */
    record Heard(List<Word> words, String language) {}

    /**
     * Transcribes samples.
     *
     * @param samples the samples at 16 kHz, not longer than {@link #longest}
     */
    Heard transcribe(float[] samples);

    @Override
    void close();
}
