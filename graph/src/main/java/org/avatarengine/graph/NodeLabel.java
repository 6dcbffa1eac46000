package org.avatarengine.graph;

import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.Labels;

/** The labels that an import writes. Nodes of each have an {@code id} that is unique within the label. */
public enum NodeLabel {
    PERSON(Labels.PERSON),
    HANDLE(Labels.HANDLE),
    CONVERSATION(Labels.CONVERSATION),
    MESSAGE(Labels.MESSAGE),
    EDIT(Labels.EDIT),
    ATTACHMENT(Labels.ATTACHMENT),
    APP_CONTENT(Labels.APP_CONTENT),
    REACTION(Labels.REACTION),
    GROUP_CHANGE(Labels.GROUP_CHANGE),
    SOURCE(Labels.SOURCE),
    ENTITY_MAPPING(Labels.ENTITY_MAPPING);

    private final CypherName cypher;

    NodeLabel(CypherName cypher) {
        this.cypher = cypher;
    }

    /** The label as Cypher writes it. */
    public CypherName cypher() {
        return cypher;
    }
}
