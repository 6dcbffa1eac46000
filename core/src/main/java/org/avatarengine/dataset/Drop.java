package org.avatarengine.dataset;

/** Why something is not learnt. */
public enum Drop {
    /** No words: attachments, link previews, applications. */
    NO_TEXT,
    /** A tapback that came as a text. */
    REACTION,
    /** From a short code or a service. */
    AUTOMATED,
    /** Holds a one-time code. */
    ONE_TIME_CODE,
    /** Holds an address, a number, a key, a link or a secret. It stays as context, with a placeholder. */
    PERSONAL_DATA,
    /** Longer than people write; mostly pasted. */
    TOO_LONG,
    /** The same answer to the same line was there before. */
    DUPLICATE,
    /** Nobody else had spoken in the session yet, so that it answers nothing. */
    OPENING
}
