package org.avatarengine.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One fact read from a source. Events usually refer only to earlier events. A reply or reaction may also refer to a
 * message that never arrives, because it was deleted or is outside the import window.
 *
 * <p>The JSON names are the {@code type} field of the export format described in {@code docs/formats.md}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Contact.class, name = "contact"),
    @JsonSubTypes.Type(value = Conversation.class, name = "conversation"),
    @JsonSubTypes.Type(value = Message.class, name = "message"),
    @JsonSubTypes.Type(value = Reaction.class, name = "reaction"),
    @JsonSubTypes.Type(value = GroupChange.class, name = "groupChange")
})
public sealed interface Event permits Contact, Conversation, Message, Reaction, GroupChange {

    /** The identifier, which is the same in every export of the same fact and unique among events of one type. */
    String id();
}
