package org.avatarengine.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.Applied;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Row;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Batch;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Imports a source into the graph. Each batch is stored in one transaction together with the current position, on the
 * node {@code (:Source)}. An interrupted or killed run therefore continues exactly where it stopped, and a second run
 * adds only new data.
 */
public final class Ingest {
    /** Replies and reactions can come before their target. Unresolved ones are tried again at the end. */
    private static final List<String> RESOLVE = List.of(
            "MATCH (m:Message) WHERE m.replyTo IS NOT NULL AND NOT (m)-[:REPLIES_TO]->()"
                    + " MATCH (t:Message {id: m.replyTo}) MERGE (m)-[r:REPLIES_TO]->(t) SET r.part = m.replyToPart",
            "MATCH (x:Reaction) WHERE NOT (x)-[:REACTS_TO]->() MATCH (t:Message {id: x.targetId})"
                    + " MERGE (x)-[:REACTS_TO]->(t)");

    private static final String COUNT_UNRESOLVED =
            "MATCH (m:Message) WHERE m.replyTo IS NOT NULL AND NOT (m)-[:REPLIES_TO]->()"
                    + " RETURN count(m) AS n UNION ALL"
                    + " MATCH (x:Reaction) WHERE NOT (x)-[:REACTS_TO]->() RETURN count(x) AS n";

    private final Graph graph;
    private final HandleNormalizer normalizer;
    private final Progress progress;
    private final BooleanSupplier stop;

    /** @param stop checked between batches; true ends the import early */
    public Ingest(Graph graph, HandleNormalizer normalizer, Progress progress, BooleanSupplier stop) {
        this.graph = graph;
        this.normalizer = normalizer;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Imports everything that is not in the graph yet.
     *
     * @throws SourceException when the source cannot be read further; everything read before is stored
     */
    public ImportReport run(Source source) throws SourceException, InterruptedException {
        Instant begin = Instant.now();
        boolean formerIds = mayHaveFormerIds(source);
        boolean hasMessages = hasMessages(graph);
        if (hasMessages) {
            StoredWords.update(graph, progress);
        }
        Position from = position(source);
        long total = source.remaining(from);
        Run run = new Run(source, total, from.equals(Position.START), hasMessages, formerIds);
        try (Graph.Load load = graph.load(total)) {
            try (Pipeline pipeline = new Pipeline(load, run)) {
                source.read(from, pipeline::accept);
                pipeline.finish();
            }
            progress.at("building indexes", total, total);
        }
        if (!hasMessages) {
            StoredWords.markCurrent(graph);
        }
        if (formerIds || run.changed > 0) {
            EmptiedConversations.remove(graph, run.conversations.mentioned());
        }
        long unresolved = resolve(source.id());
        graph.awaitIndexes();
        return run.report(Duration.between(begin, Instant.now()), unresolved);
    }

    /**
     * Whether an earlier version may have stored messages of this source under other identifiers.
     *
     * @throws SourceException if it stored them with other pseudonyms, too, so that they cannot be recognized
     */
    private boolean mayHaveFormerIds(Source source) throws SourceException {
        if (!source.identifiesAnew()) {
            return false;
        }
        String kind = source.id().substring(0, source.id().indexOf(':') + 1);
        boolean before = !graph.read(
                        "MATCH (s:Source) WHERE s.id STARTS WITH $kind AND s.reader IS NULL RETURN s.id AS id LIMIT 1",
                        Map.of("kind", kind))
                .isEmpty();
        if (before && source.anonymized()) {
            throw new SourceException(
                    "An earlier version of this program stored messages of this kind with other pseudonyms, so they"
                            + " would be stored twice. Run `avatar reset`, then import all your files again.");
        }
        return before;
    }

    /**
     * The zone in which earlier imports read times without an offset; null when there were none. A later import without
     * an explicit zone uses the same, so that messages keep their times when the computer travels.
     */
    public static @Nullable ZoneId zoneOf(Graph graph) {
        for (Row row : graph.read(
                "MATCH (s:Source) WHERE s.zone IS NOT NULL"
                        + " RETURN s.zone AS zone ORDER BY s.importedAt DESC, s.id LIMIT 1",
                Map.of())) {
            return ZoneId.of(row.requireText("zone"));
        }
        return null;
    }

    /** Whether the store holds messages with their names and addresses, or with pseudonyms. */
    public enum Stored {
        NOTHING,
        PLAIN,
        ANONYMIZED
    }

    /** What earlier imports have stored. */
    public static Stored stored(Graph graph) {
        Stored stored = Stored.NOTHING;
        for (Row row : graph.read(
                "MATCH (s:Source) RETURN coalesce(s.anonymized, false) AS anonymized ORDER BY anonymized LIMIT 1",
                Map.of())) {
            stored = row.isTrue("anonymized") ? Stored.ANONYMIZED : Stored.PLAIN;
        }
        return stored;
    }

    /** All names of people in the store, in whatever property. */
    public static Set<String> names(Graph graph) {
        Set<String> names = new HashSet<>();
        graph.read(
                "MATCH (p:Person) UNWIND keys(p) AS name WITH toStringOrNull(p[name]) AS value"
                        + " WHERE value CONTAINS 'name-' RETURN DISTINCT value",
                Map.of(),
                row -> names.add(row.requireText("value")));
        return names;
    }

    /**
     * Where to continue. A source begins again that is read in another zone than before, because all times change, or by
     * a newer reader, which sees more in it.
     */
    private Position position(Source source) {
        ZoneId zone = source.zone();
        for (Row row : graph.read(
                "MATCH (s:Source {id: $id}) RETURN s.row AS row, s.rowId AS rowId, s.changedThrough AS changed,"
                        + " s.zone AS zone, s.reader AS reader",
                Map.of("id", source.id()))) {
            String before = row.text("zone");
            boolean travelled = zone != null && before != null && !zone.getId().equals(before);
            if (travelled || row.number("reader") < source.version()) {
                return Position.START;
            }
            return new Position(row.number("row"), row.text("rowId"), row.number("changed"));
        }
        return Position.START;
    }

    private static boolean hasMessages(Graph graph) {
        return !graph.read("MATCH (m:Message) RETURN m.id AS id LIMIT 1", Map.of())
                .isEmpty();
    }

    private long resolve(String source) {
        boolean open = !graph.read(
                        "MATCH (s:Source {id: $id}) WHERE s.unresolved RETURN s.id AS id", Map.of("id", source))
                .isEmpty();
        if (!open) {
            return 0;
        }
        graph.write(transaction -> {
            RESOLVE.forEach(statement -> transaction.run(statement, Map.of()));
            return transaction.run("MATCH (s:Source {id: $id}) SET s.unresolved = false", Map.of("id", source));
        });
        return graph.read(COUNT_UNRESOLVED, Map.of()).stream()
                .mapToLong(row -> row.number("n"))
                .sum();
    }

    /** Stores a batch while the next one is prepared. */
    private final class Pipeline implements AutoCloseable {
        private final Graph.Load load;
        private final Run run;
        private final ExecutorService storing = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("graph-load").factory());
        private @Nullable Future<Applied> running;
        private @Nullable Batch inWork;

        Pipeline(Graph.Load load, Run run) {
            this.load = load;
            this.run = run;
        }

        boolean accept(Batch batch) throws InterruptedException {
            Mutations data = new Mutations();
            EventMapper mapper = new EventMapper(run.people, run.conversations, run.excluded, normalizer, data);
            batch.events().forEach(mapper::map);
            List<PersonDirectory.Join> joins = run.people.takeJoins();
            boolean goOn = finish();
            if (goOn) {
                inWork = batch;
                for (ConversationDirectory.Join join : run.conversations.takeJoins()) {
                    ConversationJoin.apply(graph, join);
                    run.joined++;
                }
                if (run.formerIds) {
                    run.renamed += FormerIds.replace(graph, batch);
                }
                ChangedMessages changed = run.hasMessages
                        ? ChangedMessages.among(graph, batch.events(), run.conversations)
                        : ChangedMessages.NONE;
                Touched touched = run.hasMessages && joins.isEmpty() && run.joined + run.renamed == 0
                        ? Touched.by(data)
                        : Touched.ANYTHING;
                // A load may keep the callback for long, so the callback must not refer to the whole batch.
                Position reached = batch.after();
                running = storing.submit(() -> load.store(data, (transaction, applied) -> {
                    changed.withdraw(transaction);
                    return run.finish(transaction, joins, touched, reached, applied);
                }));
                run.changed += changed.ids().size();
            }
            return goOn;
        }

        /** Waits for the current batch, if there is one. Returns whether to continue. */
        boolean finish() throws InterruptedException {
            Future<Applied> stored = running;
            Batch batch = inWork;
            if (stored == null || batch == null) {
                return true;
            }
            running = null;
            try {
                return run.done(batch, stored.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GraphException graphException) {
                    throw graphException;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        @Override
        public void close() {
            storing.close();
        }
    }

    /** The state of one import. */
    private final class Run {
        private final String source;
        private final @Nullable ZoneId zone;
        private final boolean anonymized;
        private final long total;
        private final PersonDirectory people = PersonDirectory.load(graph);
        private final ConversationDirectory conversations = ConversationDirectory.load(graph);
        private final Excluded excluded = Excluded.load(graph);
        private final boolean hasMessages;
        private final boolean formerIds;
        private final @Nullable Integer version;
        private long joined;
        private long renamed;
        private long changed;
        private Applied sum = Applied.NOTHING;
        private long read;
        private long problems;
        private boolean stopped;

        /**
         * Begins an import.
         *
         * @param whole whether the source is read from its start, so that all of it is read by this reader
         * @param hasMessages whether the graph holds messages, which this import may change
         * @param formerIds whether some of them may have the identifiers of an earlier version
         */
        Run(Source source, long total, boolean whole, boolean hasMessages, boolean formerIds) {
            this.source = source.id();
            this.zone = source.zone();
            this.anonymized = source.anonymized();
            this.version = whole ? source.version() : null;
            this.total = total;
            this.hasMessages = hasMessages;
            this.formerIds = formerIds;
        }

        private boolean done(Batch batch, Applied applied) {
            sum = sum.plus(applied);
            for (Event event : batch.events()) {
                if (event instanceof Message message) {
                    problems += message.body().problem() == null ? 0 : 1;
                }
            }
            read += batch.events().size();
            progress.at("importing", Math.min(read, total < 0 ? read : total), total);
            stopped = stop.getAsBoolean();
            return !stopped;
        }

        private Applied finish(
                GraphTransaction transaction,
                List<PersonDirectory.Join> joins,
                Touched touched,
                Position after,
                Applied applied) {
            joins.forEach(join -> PersonJoin.apply(transaction, join));
            touched.advance(transaction);
            Mutations checkpoint = new Mutations();
            var node = checkpoint
                    .node(NodeLabel.SOURCE, source)
                    .put("row", after.row())
                    .put("rowId", after.rowId())
                    .put("changedThrough", after.changedThrough())
                    .put("importedAt", Instant.now());
            if (version != null) {
                node.put("reader", version);
            }
            if (zone != null) {
                node.put("zone", zone.getId());
            }
            if (anonymized) {
                node.put("anonymized", true);
            }
            if (applied.unresolved() > 0) {
                node.put("unresolved", true);
            }
            return transaction.apply(checkpoint);
        }

        ImportReport report(Duration took, long unresolved) {
            return new ImportReport(
                    source,
                    read,
                    sum.created(NodeLabel.MESSAGE),
                    sum.created(NodeLabel.REACTION),
                    sum.created(NodeLabel.PERSON),
                    changed,
                    joined,
                    renamed,
                    problems,
                    unresolved,
                    took,
                    stopped);
        }
    }
}
