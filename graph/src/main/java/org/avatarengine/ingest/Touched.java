package org.avatarengine.ingest;

import java.util.HashSet;
import java.util.Set;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.vocabulary.RelationshipTypes;

/**
 * Whose conversations a batch changes. Members and contact cards, which each import tells again, do not count: whether
 * they differ is cheap to see.
 *
 * @param anything whether it may be anybody, because conversations or people were joined, or the graph was empty
 */
record Touched(boolean anything, Set<String> conversations, Set<String> people) {
    static final Touched ANYTHING = new Touched(true, Set.of(), Set.of());

    static Touched by(Mutations data) {
        Set<String> conversations = new HashSet<>();
        Set<String> people = new HashSet<>();
        for (Mutations.Link link : data.links()) {
            if (link.toLabel() == NodeLabel.CONVERSATION && !link.type().equals(RelationshipTypes.MEMBER_OF)) {
                conversations.add(link.to());
            }
            if (link.type().equals(RelationshipTypes.SENT)) {
                people.add(link.from());
            }
        }
        return new Touched(false, conversations, people);
    }

    void advance(GraphTransaction transaction) {
        if (anything) {
            DataVersion.advance(transaction);
        } else if (!conversations.isEmpty() || !people.isEmpty()) {
            DataVersion.advance(transaction, conversations, people);
        }
    }
}
