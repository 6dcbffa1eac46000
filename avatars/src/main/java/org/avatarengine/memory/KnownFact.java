package org.avatarengine.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact that Claude found about a person.
 *
 * @param validFrom since when it is true, as an ISO 8601 date or the beginning of one; {@code validTo} until when
 */
public record KnownFact(
        String subject,
        String predicate,
        String object,
        @Nullable String validFrom,
        @Nullable String validTo,
        List<String> messageIds) {

    /** The fact as text. */
    public String text() {
        String time = (validFrom == null ? "" : " from " + validFrom) + (validTo == null ? "" : " until " + validTo);
        return subject + " " + predicate + " " + object + (time.isEmpty() ? "" : " (" + time.strip() + ")");
    }
}
