package org.avatarengine.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * Brings a source into the graph. Each batch is stored in one transaction together with the position reached, on the
 * node {@code (:Source)}, so a run that is interrupted or killed goes on exactly where it stopped, and a second run adds
 * only what is new.
 */
public final class Ingest {
    /** Replies and reactions can come before their target; what was left open is tried again at the end. */
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

    /** @param stop asked between batches whether to end early */
    public Ingest(Graph graph, HandleNormalizer normalizer, Progress progress, BooleanSupplier stop) {
        this.graph = graph;
        this.normalizer = normalizer;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Imports what the graph does not have yet.
     *
     * @throws SourceException when the source cannot be read on; what was read before is stored
     */
    public ImportReport run(Source source) throws SourceException, InterruptedException {
        Instant begin = Instant.now();
        Position from = position(source.id());
        long total = source.remaining(from);
        Run run = new Run(source.id(), total);
        try (Graph.Load load = graph.load(total)) {
            try (Pipeline pipeline = new Pipeline(load, run)) {
                source.read(from, pipeline::accept);
                pipeline.finish();
            }
            progress.at("building indexes", total, total);
        }
        long unresolved = resolve(source.id());
        graph.awaitIndexes();
        return run.report(Duration.between(begin, Instant.now()), unresolved);
    }

    private Position position(String source) {
        for (Row row : graph.read(
                "MATCH (s:Source {id: $id}) RETURN s.row AS row, s.rowId AS rowId, s.changedThrough AS changed",
                Map.of("id", source))) {
            return new Position(row.number("row"), row.text("rowId"), row.number("changed"));
        }
        return Position.START;
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

    /** Stores batches while the next one is being worked out. */
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
            EventMapper mapper = new EventMapper(run.people, run.excluded, normalizer, data);
            batch.events().forEach(mapper::map);
            List<PersonDirectory.Join> joins = run.people.takeJoins();
            boolean goOn = finish();
            if (goOn) {
                inWork = batch;
                Position reached = batch.after(); // a load may keep what comes after, but not the batch
                running = storing.submit(() ->
                        load.store(data, (transaction, applied) -> run.finish(transaction, joins, reached, applied)));
            }
            return goOn;
        }

        /** Waits for the batch in work, if there is one, and tells whether to go on. */
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

    /** One import while it lasts. */
    private final class Run {
        private final String source;
        private final long total;
        private final PersonDirectory people = PersonDirectory.load(graph);
        private final Excluded excluded = Excluded.load(graph);
        private Applied sum = Applied.NOTHING;
        private long read;
        private long problems;
        private boolean stopped;

        Run(String source, long total) {
            this.source = source;
            this.total = total;
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
                GraphTransaction transaction, List<PersonDirectory.Join> joins, Position after, Applied applied) {
            joins.forEach(join -> PersonJoin.apply(transaction, join));
            Mutations checkpoint = new Mutations();
            var node = checkpoint
                    .node(NodeLabel.SOURCE, source)
                    .put("row", after.row())
                    .put("rowId", after.rowId())
                    .put("changedThrough", after.changedThrough())
                    .put("importedAt", Instant.now());
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
                    problems,
                    unresolved,
                    took,
                    stopped);
        }
    }
}
