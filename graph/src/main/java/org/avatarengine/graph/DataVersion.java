package org.avatarengine.graph;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.vocabulary.Labels;

/**
 * Counts changes to the data about people: messages, merges, exclusions, analyses. Code that caches something computed
 * from the graph compares the count to see whether the cache is still valid. The count is stored in the graph, so
 * changes by other programs count too. Code that changes such data calls one of the methods that advance it, in its
 * transaction.
 *
 * <p>What is computed from somebody's conversations stays valid longer: until {@link #ofConversations} or the
 * {@code dataVersion} of the person is higher. An import marks only the people whose conversations it changes, so that after it nothing has to be computed
 * or compared for the others.
 */
public final class DataVersion {
    private static final String NODE = "data";

    private DataVersion() {}

    /** The number of changes so far; 0 for a new graph. */
    public static long of(Graph graph) {
        Row counted = graph.node(Labels.AVATAR_SYSTEM, NODE);
        return counted == null ? 0 : counted.number("version");
    }

    /**
     * The number of changes when anybody's conversations may last have changed, except those of people whose own
     * property {@code dataVersion} is higher.
     */
    public static long ofConversations(Graph graph) {
        Row counted = graph.node(Labels.AVATAR_SYSTEM, NODE);
        return counted == null ? 0 : counted.number("conversations");
    }

    /** Adds one to the number of changes, after a change that may concern anybody's conversations. */
    public static void advance(GraphTransaction transaction) {
        transaction.run(
                "MERGE (d:AvatarSystem {id: 'data'}) WITH d, coalesce(d.version, 0) + 1 AS version"
                        + " SET d.version = version, d.conversations = version",
                Map.of());
    }

    /** Likewise, after a change of what is computed or recorded beside conversations, such as a portrait. */
    public static void advanceBesideConversations(GraphTransaction transaction) {
        transaction.run("MERGE (d:AvatarSystem {id: 'data'}) SET d.version = coalesce(d.version, 0) + 1", Map.of());
    }

    /**
     * Likewise, after a change of some conversations.
     *
     * @param people the ids of people whom it concerns besides those who take part
     */
    public static void advance(
            GraphTransaction transaction, Collection<String> conversations, Collection<String> people) {
        advanceBesideConversations(transaction);
        transaction.run("""
                MATCH (d:AvatarSystem {id: 'data'})
                MATCH (c:Conversation)<-[:MEMBER_OF]-(p:Person) WHERE c.id IN $conversations
                WITH DISTINCT d, p SET p.dataVersion = d.version""", Map.of("conversations", List.copyOf(conversations)));
        transaction.run("""
                MATCH (d:AvatarSystem {id: 'data'})
                MATCH (p:Person) WHERE p.id IN $people SET p.dataVersion = d.version""", Map.of("people", List.copyOf(people)));
    }
}
