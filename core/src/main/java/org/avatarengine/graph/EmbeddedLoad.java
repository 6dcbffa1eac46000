package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;

/**
 * Fills an empty embedded graph: without the indexes of messages, and with a transaction per part of a batch, all at
 * once. Preparing and storing a transaction keeps one core busy, so two of them fill two.
 *
 * <p>Parts can get into each other's way over a node both link to (a deadlock). Whatever fails is rolled back and stored
 * again when it is alone.
 */
final class EmbeddedLoad implements Graph.BulkLoad {
    /** More writers than this wait for each other at the transaction log. */
    private static final int MOST_LANES = 4;

    /** Beyond this many messages the table that stands in for the dropped index costs more memory than it should. */
    private static final int LARGEST_TABLE = 4_000_000;

    private final EmbeddedGraph graph;
    private final GraphDatabaseService database;
    private final int lanes = Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors());
    private final ExecutorService writers = Executors.newFixedThreadPool(
            lanes, Thread.ofPlatform().daemon().name("graph-writer-", 0).factory());
    private final KernelWriter.NodeTable table = new KernelWriter.NodeTable();
    private final Graph.BulkLoad afterwards;
    private boolean open = true;

    EmbeddedLoad(EmbeddedGraph graph, GraphDatabaseService database) {
        this.graph = graph;
        this.database = database;
        this.afterwards = new PlainLoad(graph);
        Schema.DROP_MESSAGE_INDEXES.forEach(graph::changeSchema);
    }

    @Override
    public int lanes() {
        return lanes;
    }

    private record Stored(Applied applied, KernelWriter writer) {}

    @Override
    public Applied store(Mutations shared, List<Mutations> parts) {
        if (!open) {
            return afterwards.store(shared, parts);
        }
        Applied sum = shared.isEmpty() ? Applied.NOTHING : publish(storeAlone(shared));
        List<Future<Stored>> running = new ArrayList<>();
        for (Mutations part : parts) {
            running.add(writers.submit(() -> storeOnce(part)));
        }
        List<Mutations> again = new ArrayList<>();
        List<Stored> stored = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            try {
                stored.add(running.get(i).get());
            } catch (ExecutionException e) {
                again.add(parts.get(i));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GraphException("Storing a batch was interrupted.", e);
            }
        }
        for (Stored part : stored) {
            sum = sum.plus(publish(part));
        }
        for (Mutations part : again) {
            sum = sum.plus(publish(storeAlone(part)));
        }
        if (table.size() > LARGEST_TABLE) {
            close();
        }
        return sum;
    }

    private static Applied publish(Stored part) {
        part.writer.publish();
        return part.applied;
    }

    private Stored storeAlone(Mutations part) {
        try {
            return storeOnce(part);
        } catch (GraphException e) {
            throw e;
        } catch (RuntimeException e) {
            throw graph.notStored(e);
        }
    }

    private Stored storeOnce(Mutations part) {
        try (Transaction transaction = database.beginTx()) {
            KernelWriter writer = new KernelWriter((InternalTransaction) transaction, table);
            Applied applied = writer.apply(part);
            transaction.commit();
            return new Stored(applied, writer);
        }
    }

    /** Builds the indexes; what comes after is stored with them in place. */
    @Override
    public void close() {
        if (open) {
            open = false;
            writers.close();
            Schema.ensureMessageIndexes(graph);
        }
    }
}
