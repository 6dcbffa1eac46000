package org.avatarengine.event;

import org.jspecify.annotations.Nullable;

/**
 * Something marked in a message's text.
 *
 * @param start first UTF-16 code unit
 * @param end one past the last UTF-16 code unit
 * @param kind what it is
 * @param value what the mark says: the mentioned address, the link's target, the code, the style or effect, the file
 *     transfer's identifier, the transcription
 */
public record TextRange(
        int start, int end, Kind kind, @Nullable String value) {

    /** What a range of text is. */
    public enum Kind {
        /** A part of a message that has several; its value is the part's index, which replies and edits refer to. */
        PART,
        MENTION,
        LINK,
        ONE_TIME_CODE,
        DATE,
        /** Another thing Apple's data detectors found: a phone number, an address, a tracking number, money. */
        DETECTED,
        STYLE,
        EFFECT,
        ATTACHMENT,
        TRANSCRIPTION
    }
}
