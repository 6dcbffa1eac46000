package org.avatarengine.graph;

/** The labels that an import writes. Nodes of each have an {@code id} that is unique within the label. */
public enum NodeLabel {
    PERSON("Person"),
    HANDLE("Handle"),
    CONVERSATION("Conversation"),
    MESSAGE("Message"),
    EDIT("Edit"),
    ATTACHMENT("Attachment"),
    APP_CONTENT("AppContent"),
    REACTION("Reaction"),
    GROUP_CHANGE("GroupChange"),
    SOURCE("Source"),
    ENTITY_MAPPING("EntityMapping");

    private final String cypher;

    NodeLabel(String cypher) {
        this.cypher = cypher;
    }

    /** The label as Cypher writes it. */
    public String cypher() {
        return cypher;
    }
}
