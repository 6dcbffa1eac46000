package org.avatarengine.dataset;

/** The reasons why a turn is not used for training. */
public enum Drop {
    /** No words: attachments, link previews, app content. */
    NO_TEXT,
    /** A tapback that was sent as text. */
    REACTION,
    /** From a short code or a service. */
    AUTOMATED,
    /** Contains a one-time code. */
    ONE_TIME_CODE,
    /** Contains an address, a number, a key, a link or a secret. It is kept as context, with a placeholder. */
    PERSONAL_DATA,
    /** Too long; such texts are mostly pasted. */
    TOO_LONG,
    /** A repetition of the same answer to the same line. */
    DUPLICATE,
    /** Not an answer: nobody else has written in the session yet. */
    OPENING
}
