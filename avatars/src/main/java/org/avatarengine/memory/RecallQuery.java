package org.avatarengine.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question to a person's memory.
 *
 * @param person the id of the person whose memory it is; "you" in the text is this person
 * @param partner the id of the person who asks; "I" and "me" are this person
 * @param everything whether the owner allows conversations without the partner
 * @param within when not null, only this conversation is used, because people other than the partner read along
 * @param before when not null, the memory ends there
 */
public record RecallQuery(
        String text,
        String person,
        String partner,
        boolean everything,
        @Nullable String within,
        @Nullable Instant before) {

    /** A question to the whole common memory. */
    public RecallQuery(String text, String person, String partner) {
        this(text, person, partner, false, null, null);
    }

    /** Another question to the same memory. */
    public RecallQuery asking(String other) {
        return new RecallQuery(other, person, partner, everything, within, before);
    }

    boolean reaches(Instant at) {
        return before == null || at.isBefore(before);
    }
}
