package org.avatarengine.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.text.OwnText;
import org.avatarengine.text.SentenceEncoder;
import org.avatarengine.text.Stems;
import org.avatarengine.text.Tokenizer;

/**
 * Keeps the passages in the graph in step with the messages. Only conversations with other messages than when they were
 * last cut are read, and of these only what changed is computed. Each batch is stored at once, so an interrupted run goes
 * on where it was.
 */
public final class MemoryIndex {
    private static final int BATCH = 256;

    /** Fewer words than this say too little for a vector to help. */
    private static final int LEAST_WORDS = 3;

    /** Conversations whose messages are not those that were cut; the largest first. */
    private static final String OPEN = """
            MATCH (c:Conversation)
            WITH c, COUNT { (c)<-[:SENT_TO]-() } AS messages, COUNT { (c)<-[:HAPPENED_IN]-() } AS changes
            WHERE messages <> coalesce(c.remembered, 0) OR changes <> coalesce(c.rememberedChanges, 0)
               OR coalesce(c.rememberedBy, '') <> $model
            RETURN c.id AS id, messages, changes ORDER BY messages DESC, id""";

    private static final String MESSAGES = """
            MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message)<-[:SENT]-(p:Person)
            WHERE m.sentAt IS NOT NULL AND m.deletedAt IS NULL
            RETURN m.id AS id, p.id AS sender, p.name AS name, p.owner AS owner, m.sentAt AS at, m.text AS text,
                   m.rangeKinds AS kinds,
                   COLLECT { MATCH (m)-[:HAS_ATTACHMENT]->(a:Attachment) WHERE a.transcription IS NOT NULL
                             RETURN a.transcription ORDER BY a.id } AS seen,
                   COLLECT { MATCH (m)-[:HAS_APP]->(x:AppContent) WHERE x.title IS NOT NULL RETURN x.title } AS titles
            ORDER BY at, id""";

    private static final String STORED = """
            MATCH (p:Passage {conversation: $id})
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

    private static final String COUNT_WORDS = """
            UNWIND $terms AS row
            MERGE (t:Term {id: row.id}) SET t.passages = coalesce(t.passages, 0) + row.n""";

    private final Graph graph;
    private final SentenceEncoder encoder;

    public MemoryIndex(Graph graph, SentenceEncoder encoder) {
        this.graph = graph;
        this.encoder = encoder;
    }

    /** What is to be done. */
    private record Work(String conversation, long messages, long changes) {}

    /** How many messages are in conversations that have to be looked at again. */
    public long open() {
        return work().stream().mapToLong(Work::messages).sum();
    }

    /** What a conversation was cut by; another model or another way of cutting begins again. */
    private String madeBy() {
        return encoder.model() + " by period";
    }

    private List<Work> work() {
        List<Work> work = new ArrayList<>();
        graph.read(
                OPEN,
                Map.of("model", madeBy()),
                row -> work.add(new Work(row.requireText("id"), row.number("messages"), row.number("changes"))));
        return work;
    }

    /**
     * Brings the passages in step with the messages.
     *
     * @param stop asked between batches whether to end early
     * @return how many passages were written
     * @throws InterruptedException when {@code stop} said so; what was written stays
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
            progress.at("remembering", total, total);
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
        String written = row.text("text");
        String own = written == null ? "" : OwnText.of(written);
        if (OwnText.isTapback(own) || row.texts("kinds").contains("ONE_TIME_CODE")) {
            return "";
        }
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

    /** A passage with what is stored with it. */
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
            graph.write(transaction -> transaction.run(MOVE, Map.of("passages", part)));
        }
        for (int from = 0; from < fresh.size(); from += BATCH) {
            if (stop.getAsBoolean()) {
                throw new InterruptedException();
            }
            write(work.conversation, fresh.subList(from, Math.min(fresh.size(), from + BATCH)));
            long share = work.messages * Math.min(fresh.size(), from + BATCH) / fresh.size();
            progress.at("remembering", before + share, total);
        }
        graph.write(transaction -> transaction.run(
                """
                MATCH (c:Conversation {id: $id})
                SET c.remembered = $messages, c.rememberedChanges = $changes, c.rememberedBy = $model""",
                Map.of(
                        "id", work.conversation,
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
            count(transaction, texts(transaction, ids), -1);
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

    private void write(String conversation, List<Fresh> batch) {
        List<Fresh> telling = batch.stream().filter(one -> says(one.passage)).toList();
        List<float[]> vectors =
                encoder.encode(telling.stream().map(Fresh::context).toList());
        Map<Fresh, List<Double>> vectorOf = new HashMap<>();
        for (int i = 0; i < telling.size(); i++) {
            vectorOf.put(telling.get(i), Keys.list(vectors.get(i)));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Fresh one : batch) {
            Map<String, Object> row = new HashMap<>(place(conversation, one.passage));
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
        graph.write(transaction -> {
            count(transaction, texts(transaction, ids), -1);
            count(transaction, batch.stream().map(one -> one.passage.text()).toList(), 1);
            return transaction.run(STORE, Map.of("passages", rows, "conversation", conversation));
        });
    }

    /** Removes all that is derived from conversations; what is left of them is cut anew by the next {@link #fill}. */
    public static void forget(Graph graph, List<String> conversations) {
        for (String conversation : conversations) {
            long went;
            do {
                went = graph.write(transaction -> {
                    List<Row> rows = transaction
                            .run(
                                    "MATCH (p:Passage {conversation: $id}) WITH p LIMIT $n RETURN p.id AS id, p.text AS text",
                                    Map.of("id", conversation, "n", BATCH))
                            .rows();
                    count(
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
        graph.write(transaction -> transaction.run("MATCH (t:Term) WHERE t.passages <= 0 DELETE t", Map.of()));
    }

    private static boolean says(Passage passage) {
        return Tokenizer.tokens(passage.text()).stream()
                        .filter(token -> token.isWord())
                        .limit(LEAST_WORDS)
                        .count()
                == LEAST_WORDS;
    }

    /** Keeps how many passages each stem is in. */
    private static void count(GraphTransaction transaction, List<String> texts, int sign) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String text : texts) {
            new LinkedHashSet<>(Stems.of(text)).forEach(stem -> counts.merge(stem, sign, Integer::sum));
        }
        if (!counts.isEmpty()) {
            // In one order, so that two writers cannot wait for each other.
            List<Map<String, Object>> terms = counts.entrySet().stream()
                    .sorted(Comparator.comparing(Map.Entry::getKey))
                    .map(entry -> Map.<String, Object>of("id", entry.getKey(), "n", entry.getValue()))
                    .toList();
            transaction.run(COUNT_WORDS, Map.of("terms", terms));
        }
    }
}
