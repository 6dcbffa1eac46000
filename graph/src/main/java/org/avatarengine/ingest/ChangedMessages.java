package org.avatarengine.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.graph.DeletedData;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.passage.Withdrawal;

/**
 * The messages of a batch that are already stored and have changed since: edited, unsent, deleted or restored, or
 * read in another time zone.
 *
 * @param ids of all of them
 * @param unsent the messages with unsent parts, each with the attachments it still has
 */
record ChangedMessages(List<String> ids, List<Map<String, Object>> unsent) {
    static final ChangedMessages NONE = new ChangedMessages(List.of(), List.of());

    private static final String CHANGED = """
            UNWIND $rows AS row
            MATCH (m:Message {id: row.id})
            WHERE coalesce(m.text, '') <> row.text OR (m.deletedAt IS NOT NULL) <> row.deleted
               OR size(coalesce(m.unsentParts, [])) <> row.unsent OR m.sentAt <> row.sentAt
            RETURN DISTINCT m.id AS id""";

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
    static ChangedMessages among(Graph graph, List<Event> events) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Map<String, Object>> unsent = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Message message) {
                Map<String, Object> row = new HashMap<>();
                row.put("id", message.id());
                row.put("text", message.body().text());
                row.put("deleted", message.deletedAt() != null);
                row.put("unsent", (long) message.unsentParts().size());
                row.put("sentAt", message.sentAt());
                rows.add(row);
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
                : new ChangedMessages(
                        ids,
                        unsent.stream()
                                .filter(row -> ids.contains(row.get("id")))
                                .toList());
    }

    /** Removes everything derived from these messages, in the transaction that stores the batch. */
    void withdraw(GraphTransaction transaction) {
        Withdrawal.of(transaction, ids);
        if (!ids.isEmpty()) {
            DeletedData.mark(transaction);
        }
        if (!unsent.isEmpty()) {
            REMOVE_UNSENT.forEach(statement -> transaction.run(statement, Map.of("rows", unsent)));
        }
    }
}
