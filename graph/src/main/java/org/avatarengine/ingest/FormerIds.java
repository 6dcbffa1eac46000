package org.avatarengine.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;
import org.avatarengine.passage.Withdrawal;
import org.avatarengine.source.Batch;

/**
 * Gives what the first version of this program stored its present identifiers, so that an import of the same messages
 * changes them instead of storing them a second time. What people and Claude have said about a message stays with it.
 * The links to its sender, its conversation and its files are removed; the import, which knows them better now, sets
 * them anew.
 */
final class FormerIds {
    /** A table's numbers of rows may mean other messages in another file, so text or time must be the same. */
    private static final String MESSAGES = """
            UNWIND $rows AS row
            MATCH (m:Message {id: row.former})
            WHERE NOT EXISTS { (:Message {id: row.id}) } AND (coalesce(m.text, '') = row.text OR m.sentAt = row.sentAt)
            RETURN row.id AS id, row.former AS former""";

    private static final String CHANGES = """
            UNWIND $rows AS row
            MATCH (g:GroupChange {id: row.former}) WHERE NOT EXISTS { (:GroupChange {id: row.id}) }
            RETURN row.id AS id, row.former AS former""";

    /** Conversations may lose all their messages; {@link EmptiedConversations} looks at those with the mark. */
    private static final List<String> RENAME_MESSAGES = List.of("""
            UNWIND $rows AS row
            MATCH (m:Message {id: row.former})-[r:SENT_TO]->(c) WHERE NOT c:Recording
            SET c.losing = true DELETE r""", """
            UNWIND $rows AS row
            MATCH (:Message {id: row.former})-[:HAS_ATTACHMENT|HAS_APP|HAS_EDIT]->(x) DETACH DELETE x""", """
            UNWIND $rows AS row
            MATCH (:Message {id: row.former})<-[r:SENT]-() DELETE r""", """
            UNWIND $rows AS row
            MATCH (m:Message {id: row.former}) SET m.id = row.id""");

    private static final List<String> RENAME_CHANGES = List.of("""
            UNWIND $rows AS row
            MATCH (g:GroupChange {id: row.former})-[r:HAPPENED_IN]->(c) SET c.losing = true DELETE r""", """
            UNWIND $rows AS row
            MATCH (g:GroupChange {id: row.former})-[r:MADE_BY|CONCERNS]->() DELETE r""", """
            UNWIND $rows AS row
            MATCH (g:GroupChange {id: row.former}) SET g.id = row.id""");

    /** What was taken for a message and is none. */
    private static final List<String> NO_MESSAGE = List.of("""
            UNWIND $ids AS id
            MATCH (:Message {id: id})-[:SENT_TO]->(c:Conversation) SET c.losing = true""", """
            UNWIND $ids AS id
            MATCH (:Message {id: id})-[:HAS_ATTACHMENT|HAS_APP|HAS_EDIT]->(x) DETACH DELETE x""", """
            UNWIND $ids AS id
            MATCH (m:Message {id: id}) DETACH DELETE m""");

    private static final List<String> NO_CHANGE = List.of("""
            UNWIND $ids AS id
            MATCH (:GroupChange {id: id})-[:HAPPENED_IN]->(c:Conversation) SET c.losing = true""", """
            UNWIND $ids AS id
            MATCH (g:GroupChange {id: id}) DETACH DELETE g""");

    private FormerIds() {}

    /**
     * Renames the stored events of a batch, in one transaction.
     *
     * @return how many messages
     */
    static long replace(Graph graph, Batch batch) {
        List<Map<String, Object>> messages = new ArrayList<>();
        List<Map<String, Object>> changes = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (Event event : batch.events()) {
            List<String> all = batch.formerIds().getOrDefault(event.id(), List.of());
            if (all.isEmpty()) {
                continue;
            }
            String former = all.getFirst();
            parts.addAll(all.subList(1, all.size()));
            if (event instanceof Message message && message.sentAt() != null) {
                messages.add(Map.of(
                        "id", message.id(),
                        "former", former,
                        "text", message.body().text(),
                        "sentAt", message.sentAt()));
            } else if (event instanceof GroupChange change) {
                changes.add(Map.of("id", change.id(), "former", former));
            }
        }
        List<Map<String, Object>> renamed = found(graph, MESSAGES, messages);
        List<Map<String, Object>> happened = found(graph, CHANGES, changes);
        parts.addAll(formers(changes));
        List<String> noMessages = stored(graph, "MATCH (x:Message) WHERE x.id IN $ids RETURN x.id AS id", parts);
        List<String> noChanges =
                stored(graph, "MATCH (x:GroupChange) WHERE x.id IN $ids RETURN x.id AS id", formers(messages));
        if (renamed.isEmpty() && happened.isEmpty() && noMessages.isEmpty() && noChanges.isEmpty()) {
            return 0;
        }
        return graph.write(transaction -> {
            Withdrawal.ofWordings(transaction, formers(renamed));
            Withdrawal.of(transaction, noMessages);
            run(transaction, RENAME_MESSAGES, Map.of("rows", renamed));
            run(transaction, RENAME_CHANGES, Map.of("rows", happened));
            run(transaction, NO_MESSAGE, Map.of("ids", noMessages));
            run(transaction, NO_CHANGE, Map.of("ids", noChanges));
            return (long) renamed.size();
        });
    }

    private static List<Map<String, Object>> found(Graph graph, String statement, List<Map<String, Object>> rows) {
        return rows.isEmpty()
                ? List.of()
                : graph.read(statement, Map.of("rows", rows)).stream()
                        .map(row -> Map.<String, Object>of(
                                "id", row.requireText("id"), "former", row.requireText("former")))
                        .toList();
    }

    private static List<String> formers(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> String.valueOf(row.get("former"))).toList();
    }

    private static List<String> stored(Graph graph, String statement, List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : graph.read(statement, Map.of("ids", ids)).stream()
                        .map((Row row) -> row.requireText("id"))
                        .toList();
    }

    private static void run(GraphTransaction transaction, List<String> statements, Map<String, Object> parameters) {
        statements.forEach(statement -> transaction.run(statement, parameters));
    }
}
