package org.avatarengine.dataset;

import org.avatarengine.event.MessageKind;
import org.jspecify.annotations.Nullable;

/** The reasons why a turn is not used for training. */
public enum Drop {
    /** No words: attachments, link previews, app content. */
    NO_TEXT,
    /** A reaction that was sent as text. */
    REACTION,
    /** Not the sender's own words: forwarded, quoted, automatic, from an app, never delivered, spam. */
    NOT_OWN,
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
    OPENING;

    /**
     * The reason for a message without own words.
     *
     * @param kind the name of its {@link MessageKind}; null if it is typed
     */
    static Drop of(@Nullable String kind) {
        if (kind == null) {
            return NO_TEXT;
        }
        return switch (MessageKind.valueOf(kind)) {
            case TYPED -> NO_TEXT;
            case REACTION_TEXT -> REACTION;
            case ONE_TIME_CODE -> ONE_TIME_CODE;
            case APP_MADE, AUTO_REPLY, FAILED, SPAM, SCHEDULED, FORWARDED, QUOTED -> NOT_OWN;
        };
    }
}
