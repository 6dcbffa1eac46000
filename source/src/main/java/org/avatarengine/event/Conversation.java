package org.avatarengine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of messages between the owner and one or more others.
 *
 * @param id stable identifier; for iMessage the chat's GUID
 * @param name the name given by its members, or null
 * @param participants all members except the owner
 * @param group whether it has, or can have, more than one participant
 */
public record Conversation(String id, @Nullable String name, Service service, List<Handle> participants, boolean group)
        implements Event {

    public Conversation {
        id = IndexKey.id(id);
        name = IndexKey.name(name);
    }
}
