package org.avatarengine.source.imessage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code chat}.
 *
 * @param identifier the address of the other person, or the name of the group, such as chat123456
 * @param lookups the names by which {@code chat_lookup} finds it
 * @param members all participants except the owner
 */
record ChatRow(
        long row,
        String guid,
        @Nullable String identifier,
        Service service,
        @Nullable String name,
        List<String> groupIds,
        List<String> lookups,
        List<Handle> members,
        boolean group) {

    /** The services in front of a chat's GUID. macOS 26 writes "any" for all of them. */
    private static final List<String> SERVICES = List.of("any", "iMessage", "SMS", "MMS", "RCS", "iMessageLite");

    private static final String ANY = "any";

    /** The GUID without its service: {@code ;-;+15550001111} for a person, {@code ;+;chat123} for a group. */
    String tail() {
        int end = guid.indexOf(';');
        return end >= 0 ? guid.substring(end) : separator(group) + (identifier != null ? identifier : guid);
    }

    /** The identifier of a conversation with a person, or of a group, on all services. */
    static String id(boolean group, String identifier) {
        return ANY + separator(group) + identifier;
    }

    private static String separator(boolean group) {
        return group ? ";+;" : ";-;";
    }

    /** All identifiers that this row, or a row for it on another service, has or had. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        names.add(guid);
        List<String> tails = new ArrayList<>(List.of(tail()));
        if (identifier != null) {
            tails.add(separator(group) + identifier);
        }
        if (!group) {
            members.forEach(member -> {
                tails.add(separator(group) + member.value());
                tails.add(separator(group) + member.raw());
            });
        }
        for (String tail : tails) {
            SERVICES.forEach(service -> names.add(service + tail));
        }
        return names;
    }
}
