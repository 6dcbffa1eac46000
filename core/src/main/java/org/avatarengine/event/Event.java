package org.avatarengine.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One fact read from a source. Events arrive in an order in which a later event may refer to an earlier one; a reply
 * or reaction may still refer to a message that never arrives (it was deleted, or lies outside the import window).
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

    /** Identifier that is the same in each export of the same fact; unique among events of one type. */
    String id();
}
