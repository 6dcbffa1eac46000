package org.avatarengine.source.apps.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.event.GroupChange;
import org.avatarengine.source.apps.export.JsonReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A notice in a conversation: of a change of the group, a call, the timer of messages, a new number.
 *
 * @param number its place among the notices of one entry, which tells them apart in every export
 * @param subject the identifier of the member it is about, as the export writes it
 * @param title the new name, or what kind of notice it is
 */
record Update(
        int number,
        GroupChange.Kind kind,
        @Nullable String subject,
        @Nullable String title) {

    static List<Update> of(JsonNode message) {
        JsonNode changes = message.path("groupChange").path("updates");
        if (changes.isEmpty()) {
            return List.of(new Update(0, GroupChange.Kind.UNKNOWN, null, described(message)));
        }
        List<Update> updates = new ArrayList<>();
        for (JsonNode change : changes) {
            String what = change.propertyNames().stream().findFirst().orElse("update");
            JsonNode content = change.path(what);
            GroupChange.Kind kind = kind(what);
            String title = kind == GroupChange.Kind.RENAMED
                    ? JsonReader.text(content, "newGroupName")
                    : kind == GroupChange.Kind.UNKNOWN ? what : null;
            updates.add(new Update(updates.size(), kind, subject(content), title));
        }
        return updates;
    }

    private static GroupChange.Kind kind(String what) {
        return switch (what) {
            case "groupNameUpdate" -> GroupChange.Kind.RENAMED;
            case "groupAvatarUpdate" -> GroupChange.Kind.PHOTO_CHANGED;
            case "groupMemberAddedUpdate", "groupMemberJoinedUpdate", "groupMemberJoinedByLinkUpdate" ->
                GroupChange.Kind.MEMBER_ADDED;
            case "groupMemberLeftUpdate" -> GroupChange.Kind.MEMBER_LEFT;
            case "groupMemberRemovedUpdate" -> GroupChange.Kind.MEMBER_REMOVED;
            default -> GroupChange.Kind.UNKNOWN;
        };
    }

    private static @Nullable String subject(JsonNode change) {
        return Stream.of("newMemberAci", "removedAci", "aci")
                .filter(field -> JsonReader.text(change, field) != null)
                .findFirst()
                .map(field -> JsonReader.text(change, field))
                .orElse(null);
    }

    /** What it tells of, with its own type if it has one. */
    private static String described(JsonNode message) {
        String what = message.propertyNames().stream().findFirst().orElse("update");
        String type = JsonReader.text(message.path(what), "type");
        return type == null ? what : what + " " + type;
    }
}
