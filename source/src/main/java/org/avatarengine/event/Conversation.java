package org.avatarengine.event;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A thread of messages between the owner and one or more others.
 *
 * @param id stable identifier; for iMessage the chat's GUID
 * @param name the name given by its members, or null
 * @param participants all members except the owner
 * @param group whether it has, or can have, more than one participant
 * @param aliases other identifiers of the same conversation, such as those of its parts on other services; what is stored
 *     under one of them is joined to it
 */
public record Conversation(
        String id,
        @Nullable String name,
        Service service,
        List<Handle> participants,
        boolean group,
        List<String> aliases)
        implements Event {

    public Conversation {
        id = IndexKey.id(id);
        name = IndexKey.name(name);
        aliases = IndexKey.ids(Objects.requireNonNullElse(aliases, List.of())); // older event files have none
    }

    /** A conversation with one identifier. */
    public Conversation(String id, @Nullable String name, Service service, List<Handle> participants, boolean group) {
        this(id, name, service, participants, group, List.of());
    }
}
