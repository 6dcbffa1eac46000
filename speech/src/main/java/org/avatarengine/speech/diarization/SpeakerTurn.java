package org.avatarengine.speech.diarization;

import org.avatarengine.speech.Span;

/**
 * A time span in which a speaker speaks. Turns of several speakers may overlap.
 *
 * @param speaker the speaker's name in the recording
 */
public record SpeakerTurn(String speaker, Span span) {}
