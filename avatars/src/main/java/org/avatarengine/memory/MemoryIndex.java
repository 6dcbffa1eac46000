package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;
import org.avatarengine.passage.PassageTerms;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.text.OwnText;
import org.avatarengine.text.Tokenizer;
import org.avatarengine.vectors.SentenceEncoder;

/**
 * Updates the passages in the graph. Only conversations with changed messages are read, and only changes are computed.
 * Each batch is stored immediately, so an interrupted run continues where it stopped.
 */
public final class MemoryIndex {
    private static final int BATCH = 256;

    /** Passages with fewer words get no vector. */
    private static final int LEAST_WORDS = 3;

    /** Conversations whose messages have changed since they were split; the largest first. */
    private static final String OPEN = """
            MATCH (c:Conversation)
            WITH c, COUNT { (c)<-[:SENT_TO]-() } AS messages, COUNT { (c)<-[:HAPPENED_IN]-() } AS changes
            WHERE messages <> coalesce(c.remembered, 0) OR changes <> coalesce(c.rememberedChanges, 0)
               OR coalesce(c.rememberedBy, '') <> $model
            RETURN c.id AS id, messages, changes, coalesce(c.withdrawals, 0) AS withdrawals
            ORDER BY messages DESC, id""";

    private static final String MESSAGES = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message)<-[:SENT]-(p:Person)
            WHERE m.sentAt IS NOT NULL AND m.deletedAt IS NULL
            RETURN m.id AS id, p.id AS sender, p.name AS name, p.owner AS owner, m.sentAt AS at,
                   coalesce(m.own, m.text) AS text, m.kind IS NOT NULL AS foreign,
                   COLLECT { MATCH (m)-[:HAS_ATTACHMENT]->(a:Attachment) WHERE a.transcription IS NOT NULL
                             RETURN a.transcription ORDER BY a.id } AS seen,
                   COLLECT { MATCH (m)-[:HAS_APP]->(x:AppContent) WHERE x.title IS NOT NULL RETURN x.title } AS titles
            ORDER BY at, id""";

    private static final String STORED = """
            MATCH (p:Passage) WHERE p.conversation = $id AND p.number >= 0
            RETURN p.id AS id, p.number AS number, p.scope AS scope, p.session AS session, p.key AS key""";

    private static final String STORE = """
            UNWIND $passages AS row
            MERGE (p:Passage {id: row.id})
            SET p.conversation = $conversation, p.scope = row.scope, p.number = row.number, p.period = row.period,
                p.session = row.session,
                p.at = row.at, p.until = row.until, p.text = row.text, p.messageIds = row.messageIds, p.key = row.key
            WITH p, row WHERE row.vector IS NOT NULL
            CALL db.create.setNodeVectorProperty(p, 'vector', row.vector)""";

    private static final String MOVE = """
            UNWIND $passages AS row
            MATCH (p:Passage {id: row.id})
            SET p.number = row.number, p.period = row.period, p.session = row.session, p.scope = row.scope""";

    private static final String REMOVE = """
            UNWIND $ids AS id
            MATCH (p:Passage {id: id, conversation: $conversation}) DELETE p""";

    private final Graph graph;
    private final SentenceEncoder encoder;

    public MemoryIndex(Graph graph, SentenceEncoder encoder) {
        this.graph = graph;
        this.encoder = encoder;
    }

    /**
     * A conversation to update.
     *
     * @param withdrawals the number of withdrawals of its messages, before it is read
     */
    private record Work(String conversation, long messages, long changes, long withdrawals) {}

    /** The number of messages in conversations that must be updated. */
    public long open() {
        return work().stream().mapToLong(Work::messages).sum();
    }

    /** The method by which a conversation was split. With another model or method, it is split again. */
    private String madeBy() {
        return encoder.model() + " by period, without what is taken back";
    }

    private List<Work> work() {
        List<Work> work = new ArrayList<>();
        graph.read(
                OPEN,
                Map.of("model", madeBy()),
                row -> work.add(new Work(
                        row.requireText("id"),
                        row.number("messages"),
                        row.number("changes"),
                        row.number("withdrawals"))));
        return work;
    }

    /**
     * Updates all passages.
     *
     * @param stop checked between batches; true ends the update early
     * @return the number of written passages
     * @throws InterruptedException when {@code stop} returned true; written passages stay
     */
    public long fill(Progress progress, BooleanSupplier stop) throws InterruptedException {
        long written = 0;
        long read = 0;
        List<Work> work = work();
        long total = work.stream().mapToLong(Work::messages).sum();
        for (Work one : work) {
            long before = read;
            List<Passage> passages = cut(one.conversation);
            written += store(one, passages, progress, before, total, stop);
            read += one.messages;
        }
        if (!work.isEmpty()) {
            progress.at("indexing messages", total, total);
            graph.awaitIndexes();
        }
        return written;
    }

    private List<Passage> cut(String conversation) {
        PassageCutter cutter = new PassageCutter(conversation);
        Periods periods = Periods.of(graph, Set.of(conversation));
        graph.read(MESSAGES, Map.of("id", conversation), row -> {
            Instant at = row.time("at");
            if (at != null) {
                String name = Person.called(row.text("name"), row.isTrue("owner"));
                long period = periods.at(conversation, at);
                cutter.add(row.requireText("id"), row.requireText("sender"), name, at, period, words(row));
            }
        });
        return cutter.passages();
    }

    private static String words(Row row) {
        if (row.isTrue("foreign")) {
            return "";
        }
        String own = OwnText.written(row.text("text"));
        StringBuilder words = new StringBuilder(own);
        for (String seen : row.texts("seen")) {
            words.append(words.isEmpty() ? "" : " ").append('[').append(seen).append(']');
        }
        row.texts("titles").stream()
                .filter(title -> !own.contains(title))
                .forEach(title -> words.append(words.isEmpty() ? "" : " ")
                        .append('[')
                        .append(title)
                        .append(']'));
        return words.toString();
    }

    /** A passage with its stored data. */
    private record Fresh(Passage passage, String context, String key) {}

    private long store(
            Work work, List<Passage> passages, Progress progress, long before, long total, BooleanSupplier stop)
            throws InterruptedException {
        Map<String, Row> stored = new HashMap<>();
        graph.read(STORED, Map.of("id", work.conversation), row -> stored.put(row.requireText("id"), row));
        List<Map<String, Object>> moved = new ArrayList<>();
        List<Fresh> fresh = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            String context = i == 0 ? passage.attributed() : passage.inContext(passages.get(i - 1));
            String key = Keys.of(encoder.model() + '\n' + context + '\n' + passage.messageIds());
            Row was = stored.remove(passage.id());
            if (was == null || !key.equals(was.text("key"))) {
                fresh.add(new Fresh(passage, context, key));
            } else if (was.number("number") != passage.number()
                    || was.number("session") != passage.session()
                    || !Keys.scope(work.conversation, passage.period()).equals(was.text("scope"))) {
                moved.add(place(work.conversation, passage));
            }
        }
        remove(work.conversation, stored.keySet());
        for (int from = 0; from < moved.size(); from += BATCH) {
            List<Map<String, Object>> part = moved.subList(from, Math.min(moved.size(), from + BATCH));
            if (!graph.write(transaction ->
                    holds(transaction, work) && transaction.run(MOVE, Map.of("passages", part)) != null)) {
                return 0;
            }
        }
        for (int from = 0; from < fresh.size(); from += BATCH) {
            if (stop.getAsBoolean()) {
                throw new InterruptedException();
            }
            if (!write(work, fresh.subList(from, Math.min(fresh.size(), from + BATCH)))) {
                return from;
            }
            long share = work.messages * Math.min(fresh.size(), from + BATCH) / fresh.size();
            progress.at("indexing messages", before + share, total);
        }
        graph.write(transaction -> transaction.run(
                """
                MATCH (c:Conversation {id: $id}) WHERE coalesce(c.withdrawals, 0) = $withdrawals
                SET c.remembered = $messages, c.rememberedChanges = $changes, c.rememberedBy = $model""",
                Map.of(
                        "id", work.conversation,
                        "withdrawals", work.withdrawals,
                        "messages", work.messages,
                        "changes", work.changes,
                        "model", madeBy())));
        return fresh.size();
    }

    private static Map<String, Object> place(String conversation, Passage passage) {
        return Map.of(
                "id", passage.id(),
                "number", passage.number(),
                "period", passage.period(),
                "session", passage.session(),
                "scope", Keys.scope(conversation, passage.period()));
    }

    private void remove(String conversation, Set<String> gone) {
        if (gone.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(gone);
        graph.write(transaction -> {
            PassageTerms.count(transaction, texts(transaction, ids), -1);
            return transaction.run(REMOVE, Map.of("ids", ids, "conversation", conversation));
        });
    }

    private static List<String> texts(GraphTransaction transaction, List<String> ids) {
        return transaction
                .run("UNWIND $ids AS id MATCH (p:Passage {id: id}) RETURN p.text AS text", Map.of("ids", ids))
                .rows()
                .stream()
                .map(row -> row.requireText("text"))
                .toList();
    }

    /** Stores a batch, or nothing where an import changed the messages since they were read. */
    private boolean write(Work work, List<Fresh> batch) {
        List<Fresh> telling = batch.stream().filter(one -> says(one.passage)).toList();
        List<float[]> vectors =
                encoder.encode(telling.stream().map(Fresh::context).toList());
        Map<Fresh, List<Double>> vectorOf = new HashMap<>();
        for (int i = 0; i < telling.size(); i++) {
            vectorOf.put(telling.get(i), Keys.list(vectors.get(i)));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Fresh one : batch) {
            Map<String, Object> row = new HashMap<>(place(work.conversation, one.passage));
            row.putAll(Map.of(
                    "at", one.passage.at(),
                    "until", one.passage.until(),
                    "text", one.passage.text(),
                    "messageIds", one.passage.messageIds(),
                    "key", one.key));
            List<Double> vector = vectorOf.get(one);
            if (vector != null) {
                row.put("vector", vector);
            }
            rows.add(row);
        }
        List<String> ids = batch.stream().map(one -> one.passage.id()).toList();
        return graph.write(transaction -> {
            if (!holds(transaction, work)) {
                return false;
            }
            PassageTerms.count(transaction, texts(transaction, ids), -1);
            PassageTerms.count(
                    transaction, batch.stream().map(one -> one.passage.text()).toList(), 1);
            transaction.run(STORE, Map.of("passages", rows, "conversation", work.conversation));
            return true;
        });
    }

    /**
     * Whether the messages are still the ones that were read. Locks the conversation, so that no import can change it
     * before this transaction ends.
     */
    private static boolean holds(GraphTransaction transaction, Work work) {
        return !transaction
                .run(
                        "MATCH (c:Conversation {id: $id}) REMOVE c.remembered"
                                + " WITH c WHERE coalesce(c.withdrawals, 0) = $withdrawals RETURN c.id AS id",
                        Map.of("id", work.conversation, "withdrawals", work.withdrawals))
                .rows()
                .isEmpty();
    }

    /** Removes all derived data of conversations. The next {@link #fill} splits them again. */
    public static void forget(Graph graph, List<String> conversations) {
        for (String conversation : conversations) {
            long went;
            do {
                went = graph.write(transaction -> {
                    List<Row> rows = transaction
                            .run(
                                    "MATCH (p:Passage) WHERE p.conversation = $id AND p.number >= 0"
                                            + " WITH p LIMIT $n RETURN p.id AS id, p.text AS text",
                                    Map.of("id", conversation, "n", BATCH))
                            .rows();
                    PassageTerms.count(
                            transaction,
                            rows.stream().map(row -> row.requireText("text")).toList(),
                            -1);
                    List<String> ids =
                            rows.stream().map(row -> row.requireText("id")).toList();
                    transaction.run(REMOVE, Map.of("ids", ids, "conversation", conversation));
                    return (long) ids.size();
                });
            } while (went > 0);
            graph.write(transaction -> transaction.run(
                    "MATCH (c:Conversation {id: $id}) REMOVE c.remembered, c.rememberedChanges, c.rememberedBy",
                    Map.of("id", conversation)));
        }
        graph.write(transaction -> {
            PassageTerms.removeUnused(transaction);
            return true;
        });
    }

    private static boolean says(Passage passage) {
        return Tokenizer.tokens(passage.text()).stream()
                        .filter(token -> token.isWord())
                        .limit(LEAST_WORDS)
                        .count()
                == LEAST_WORDS;
    }
}
