package org.avatarengine.source.imessage;

import org.avatarengine.event.Reaction;
import org.jspecify.annotations.Nullable;

/**
 * A row that belongs to another message, from {@code associated_message_type} and {@code associated_message_guid}.
 *
 * @param targetId the GUID of that message
 * @param part the part of that message: the number in {@code p:2/GUID}; -1 for {@code bp:GUID}, the whole balloon
 */
record Association(String targetId, int part) {
    static final int PLACED_STICKER = 1000;
    static final int TAPBACK_ADDED = 2000;
    static final int TAPBACK_REMOVED = 3000;
    static final int POLL_VOTE = 4000;

    static boolean isRemoval(long type) {
        return type >= TAPBACK_REMOVED && type < TAPBACK_REMOVED + 8;
    }

    static Reaction.@Nullable Kind kind(long type) {
        if (type == PLACED_STICKER) {
            return Reaction.Kind.PLACED_STICKER;
        }
        long base = type >= TAPBACK_REMOVED ? TAPBACK_REMOVED : TAPBACK_ADDED;
        long ordinal = type - base;
        return ordinal >= 0 && ordinal < 8 ? Reaction.Kind.values()[(int) ordinal] : null;
    }

    static @Nullable Association parse(@Nullable String guid) {
        if (guid == null || guid.isEmpty()) {
            return null;
        }
        if (guid.startsWith("bp:")) {
            return new Association(guid.substring(3), -1);
        }
        int slash = guid.indexOf('/');
        if (guid.startsWith("p:") && slash > 0) {
            return new Association(guid.substring(slash + 1), partIndex(guid.substring(2, slash)));
        }
        return new Association(guid, 0);
    }

    /** The first number of {@code thread_originator_part}, which has the form {@code 1:0:15}. */
    static int partIndex(@Nullable String part) {
        if (part == null) {
            return 0;
        }
        int colon = part.indexOf(':');
        try {
            return Math.max(0, Integer.parseInt(colon < 0 ? part : part.substring(0, colon)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
