package org.avatarengine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of messages between the owner and one or more others.
 *
 * @param id stable identifier; for iMessage the chat's GUID
 * @param name the name its members gave it, if any
 * @param participants everyone but the owner
 * @param group whether it has, or can have, more than one participant
 */
public record Conversation(String id, @Nullable String name, Service service, List<Handle> participants, boolean group)
        implements Event {}
