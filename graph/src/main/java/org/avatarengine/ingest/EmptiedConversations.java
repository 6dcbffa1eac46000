package org.avatarengine.ingest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.graph.Graph;

/**
 * The conversations that an import has taken all messages from, because it knows better where those belong. What takes a
 * message away marks its conversation as {@code losing}.
 */
final class EmptiedConversations {
    private static final String EMPTIED =
            "MATCH (c:Conversation) WHERE c.losing AND NOT EXISTS { (c)<-[:SENT_TO]-() } RETURN c.id AS id";

    private static final String DELETE = """
            UNWIND $ids AS id
            MATCH (c:Conversation {id: id})
            OPTIONAL MATCH (c)<-[:HAPPENED_IN]-(g:GroupChange)
            DETACH DELETE c, g""";

    private static final String UNMARK = "MATCH (c:Conversation) WHERE c.losing REMOVE c.losing";

    private EmptiedConversations() {}

    /**
     * Deletes them.
     *
     * @param kept those that the source has, too
     */
    static void remove(Graph graph, Set<String> kept) {
        List<String> emptied = graph.read(EMPTIED, Map.of()).stream()
                .map(row -> row.requireText("id"))
                .filter(id -> !kept.contains(id))
                .toList();
        graph.write(transaction -> {
            transaction.run(DELETE, Map.of("ids", emptied));
            return transaction.run(UNMARK, Map.of());
        });
    }
}
