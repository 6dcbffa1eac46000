package org.avatarengine.speech.transcription;

import org.avatarengine.speech.Span;

/**
 * A spoken word.
 *
 * @param text the word, with the punctuation that follows it
 * @param span its time span in seconds
 * @param probability the model's probability of it, from 0 to 1
 */
public record Word(String text, Span span, double probability) {
    /** The same word, shifted by some seconds. */
    public Word later(double seconds) {
        return new Word(text, new Span(span.start() + seconds, span.end() + seconds), probability);
    }
}
