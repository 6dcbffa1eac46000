package org.avatarengine.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a conversation, such as a new name or member.
 *
 * @param actor the person who made the change; null for the owner or when unknown
 * @param subject the affected member, for kinds that have one
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

    public GroupChange {
        id = IndexKey.id(id);
        conversationIds = IndexKey.ids(conversationIds);
    }

    /** The kind of change. */
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
        /** A system message of an unknown kind, kept so that nothing is lost. */
        UNKNOWN
    }
}
