package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A property graph that speaks Cypher. Parameters and properties may be strings, booleans, longs, integers, doubles,
 * {@link java.time.Instant}s, lists of these, and (parameters only) maps.
 */
public interface Graph extends AutoCloseable {

    /**
     * Runs a statement that only reads, giving each row as it is found.
     *
     * @throws GraphException when the statement is wrong, tries to write, or the graph cannot be reached
     */
    void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows);

    /** Runs a statement that only reads and collects its rows. */
    default List<Row> read(String cypher, Map<String, ?> parameters) {
        List<Row> rows = new ArrayList<>();
        read(cypher, parameters, rows::add);
        return rows;
    }

    /**
     * Runs work in one transaction: all of it is stored, or nothing. The work may run again after a passing failure, so
     * it must not change anything but the graph.
     *
     * @throws GraphException when the work could not be stored
     */
    <T> T write(Function<GraphTransaction, T> work);

    /** Runs a statement that changes the schema, which cannot share a transaction with data. */
    void changeSchema(String cypher);

    /** Waits until all indexes are built and show everything written so far. */
    void awaitIndexes();

    /**
     * Prepares for writing very many new messages. Where it pays, the costly indexes are dropped meanwhile; closing the
     * load builds them again. Should the process die in between, {@link Schema#migrate} builds them at the next start.
     */
    BulkLoad bulkLoad();

    /** Where this graph is, for people to read. */
    String place();

    @Override
    void close();

    /** The time of a load of very many new messages. */
    interface BulkLoad extends AutoCloseable {
        /** How many parts of a batch can be stored at once. */
        int lanes();

        /**
         * Stores a batch: first what is shared, then the parts, at once where that is possible. Parts must not create the
         * same node. Should the process die in between, some of the parts are stored and others are not; storing the
         * batch again then completes it.
         */
        Applied store(Mutations shared, List<Mutations> parts);

        @Override
        void close();
    }
}
