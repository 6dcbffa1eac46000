package org.avatarengine.source.apps.whatsapp;

import java.util.List;
import java.util.Set;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * A chat before it is read.
 *
 * @param name the name of a group; null for a chat of two, or when it is unknown
 * @param room the name under which the app writes notices, on iOS; it is the group's or the partner's
 * @param owner the owner's name in the chat; null when the owner never wrote
 * @param people the names of all who wrote, with the owner's
 */
record Chat(
        Archive.Entry file,
        String id,
        List<String> aliases,
        String firstContext,
        @Nullable String name,
        @Nullable String room,
        boolean group,
        Dates dates,
        @Nullable String owner,
        Set<String> people) {
    /** Whether it is a chat of two in which the owner never wrote. */
    boolean isOnlyByThePartner() {
        return !group && owner == null && people.size() <= 1;
    }
}
