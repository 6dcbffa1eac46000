package org.avatarengine.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a memory.
 *
 * @param person whose memory it is, by id; "you" in the text is this person
 * @param partner who asks, by id; "I" and "me" are this person
 * @param everything whether the owner lets the avatar use what the partner was not there for
 * @param within when not null, only this conversation is remembered, since others than the partner listen
 * @param before when not null, the memory ends there
 */
public record Question(
        String text,
        String person,
        String partner,
        boolean everything,
        @Nullable String within,
        @Nullable Instant before) {

    /** A question to the whole memory that the two share. */
    public Question(String text, String person, String partner) {
        this(text, person, partner, false, null, null);
    }

    /** Another question to the same memory. */
    public Question asking(String other) {
        return new Question(other, person, partner, everything, within, before);
    }

    boolean reaches(Instant at) {
        return before == null || at.isBefore(before);
    }
}
