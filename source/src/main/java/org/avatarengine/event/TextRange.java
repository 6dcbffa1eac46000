package org.avatarengine.event;

import org.jspecify.annotations.Nullable;

/**
 * A marked range in a message's text.
 *
 * @param start first UTF-16 code unit
 * @param end one past the last UTF-16 code unit
 * @param kind the kind of mark
 * @param value the value of the mark: the mentioned address, the link's target, the code, the style or effect, the file
 *     transfer's identifier, or the transcription
 */
public record TextRange(
        int start, int end, Kind kind, @Nullable String value) {

    /** The kind of a range. */
    public enum Kind {
        /** A part of a message with several parts. The value is the part's index, which replies and edits refer to. */
        PART,
        MENTION,
        LINK,
        ONE_TIME_CODE,
        DATE,
        /** Other data found by Apple's data detectors: a phone number, an address, a tracking number, money. */
        DETECTED,
        STYLE,
        EFFECT,
        ATTACHMENT,
        TRANSCRIPTION,
        /** What Messages shows as a translation. The value is the language, a space, and the translated text. */
        TRANSLATION,
        /** Text of another message, which this one answers. */
        QUOTED,
        /** Text of another message, which this one passes on. */
        FORWARDED,
        /** Text that the mail or messaging program adds to each message. */
        SIGNATURE
    }
}
