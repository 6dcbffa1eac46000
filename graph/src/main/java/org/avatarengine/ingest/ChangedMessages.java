package org.avatarengine.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.graph.DeletedData;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.passage.Withdrawal;

/**
 * The messages of a batch that are already stored and have changed since: edited, unsent, deleted, restored, moved to
 * another conversation, read in another time zone, or by a reader that knows better whose words they are.
 *
 * @param ids of all of them
 * @param places their conversations
 * @param unsent the messages with unsent parts, each with the attachments it still has
 */
record ChangedMessages(List<String> ids, List<Map<String, Object>> places, List<Map<String, Object>> unsent) {
    static final ChangedMessages NONE = new ChangedMessages(List.of(), List.of(), List.of());

    private static final String CHANGED = """
            UNWIND $rows AS row
            MATCH (m:Message {id: row.id})
            WHERE coalesce(m.text, '') <> row.text OR (m.deletedAt IS NOT NULL) <> row.deleted
               OR size(coalesce(m.unsentParts, [])) <> row.unsent OR m.sentAt <> row.sentAt
               OR coalesce(m.own, m.text, '') <> row.own
               OR size(row.conversations) > 0
                  AND EXISTS { (m)-[:SENT_TO]->(c) WHERE NOT c.id IN row.conversations AND NOT c:Recording }
            RETURN DISTINCT m.id AS id""";

    private static final String LEAVE = """
            UNWIND $rows AS row
            MATCH (:Message {id: row.id})-[r:SENT_TO]->(c) WHERE NOT c.id IN row.conversations AND NOT c:Recording
            SET c.losing = true DELETE r""";

    /** An import only adds links, so unsent parts have to be removed explicitly. */
    private static final List<String> REMOVE_UNSENT = List.of("""
            UNWIND $rows AS row
            MATCH (:Message {id: row.id})-[r:HAS_ATTACHMENT]->(a:Attachment) WHERE NOT a.id IN row.attachments
            DELETE r
            WITH DISTINCT a WHERE NOT EXISTS { (a)<-[:HAS_ATTACHMENT]-() }
            DETACH DELETE a""", """
            UNWIND $rows AS row
            MATCH (:Message {id: row.id})-[:HAS_APP]->(x:AppContent) WHERE NOT row.app
            DETACH DELETE x""");

    /** Compares a batch with the stored messages. */
    static ChangedMessages among(Graph graph, List<Event> events, ConversationDirectory conversations) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Map<String, Object>> places = new ArrayList<>();
        List<Map<String, Object>> unsent = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Message message) {
                Map<String, Object> row = new HashMap<>();
                row.put("id", message.id());
                List<String> in = message.conversationIds().stream()
                        .map(conversations::idOf)
                        .toList();
                row.put("text", message.body().text());
                row.put("own", OwnWords.of(message).text());
                row.put("conversations", in);
                row.put("deleted", message.deletedAt() != null);
                row.put("unsent", (long) message.unsentParts().size());
                row.put("sentAt", message.sentAt());
                rows.add(row);
                if (!in.isEmpty()) {
                    places.add(Map.of("id", message.id(), "conversations", in));
                }
                if (!message.unsentParts().isEmpty()) {
                    unsent.add(Map.of(
                            "id", message.id(),
                            "app", message.app() != null,
                            "attachments",
                                    message.attachments().stream()
                                            .map(Attachment::id)
                                            .toList()));
                }
            }
        }
        List<String> ids = graph.read(CHANGED, Map.of("rows", rows)).stream()
                .map(row -> row.requireText("id"))
                .toList();
        return ids.isEmpty()
                ? NONE
                : new ChangedMessages(ids, among(places, Set.copyOf(ids)), among(unsent, Set.copyOf(ids)));
    }

    private static List<Map<String, Object>> among(List<Map<String, Object>> rows, Set<String> ids) {
        return rows.stream()
                .filter(row -> row.get("id") instanceof String id && ids.contains(id))
                .toList();
    }

    /** Removes everything derived from these messages, in the transaction that stores the batch. */
    void withdraw(GraphTransaction transaction) {
        Withdrawal.of(transaction, ids);
        if (!ids.isEmpty()) {
            DeletedData.mark(transaction);
            transaction.run(LEAVE, Map.of("rows", places));
        }
        if (!unsent.isEmpty()) {
            REMOVE_UNSENT.forEach(statement -> transaction.run(statement, Map.of("rows", unsent)));
        }
    }
}
