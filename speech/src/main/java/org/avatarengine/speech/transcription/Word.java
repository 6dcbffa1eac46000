package org.avatarengine.speech.transcription;

import org.avatarengine.speech.Span;

/**
 * A word that was said.
 *
 * @param text as it is written, with the punctuation that follows it
 * @param span when, in seconds
 * @param probability how sure the model is of it, from 0 to 1
 */
public record Word(String text, Span span, double probability) {
    /** The same word, so many seconds later. */
    public Word later(double seconds) {
        return new Word(text, new Span(span.start() + seconds, span.end() + seconds), probability);
    }
}
