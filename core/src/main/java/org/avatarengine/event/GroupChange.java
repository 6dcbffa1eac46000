package org.avatarengine.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a conversation rather than in it.
 *
 * @param actor who did it; null for the owner or when unknown
 * @param subject the member it concerns, for those kinds that have one
 * @param title the new name, for {@link Kind#RENAMED}
 */
public record GroupChange(
        String id,
        List<String> conversationIds,
        Kind kind,
        @Nullable Handle actor,
        boolean byOwner,
        @Nullable Handle subject,
        @Nullable String title,
        @Nullable Instant at,
        Provenance provenance)
        implements Event {

    /** What happened. */
    public enum Kind {
        MEMBER_ADDED,
        MEMBER_REMOVED,
        MEMBER_LEFT,
        NUMBER_CHANGED,
        RENAMED,
        PHOTO_CHANGED,
        PHOTO_REMOVED,
        BACKGROUND_CHANGED,
        BACKGROUND_REMOVED,
        LOCATION_SHARING_STARTED,
        LOCATION_SHARING_STOPPED,
        AUDIO_KEPT,
        SHARE_PLAY,
        /** A system row that this version cannot name; kept so that nothing is lost. */
        UNKNOWN
    }
}
