package org.avatarengine.speech.diarization;

import org.avatarengine.speech.Span;

/**
 * A stretch in which a speaker speaks. Turns of several speakers may overlap.
 *
 * @param speaker who, as numbered in the recording
 */
public record SpeakerTurn(String speaker, Span span) {}
