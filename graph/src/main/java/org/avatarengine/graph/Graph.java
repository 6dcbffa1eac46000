package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.vocabulary.CypherName;
import org.jspecify.annotations.Nullable;

/**
 * A property graph that speaks Cypher. Parameters and properties may be strings, booleans, longs, integers, doubles,
 * {@link java.time.Instant}s, lists of these, and (parameters only) maps.
 */
public interface Graph extends AutoCloseable {

    /**
     * Runs a read-only statement and passes on each row as it is found.
     *
     * @throws GraphException when the statement is wrong, tries to write, or the graph cannot be reached
     */
    void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows);

    /**
     * Runs a read-only statement and collects its rows.
     *
     * @throws GraphException when the statement is wrong, tries to write, or the graph cannot be reached
     */
    default List<Row> read(String cypher, Map<String, ?> parameters) {
        List<Row> rows = new ArrayList<>();
        read(cypher, parameters, rows::add);
        return rows;
    }

    /**
     * The properties of the node with an id; null if there is none. The embedded graph finds it without planning a
     * statement, which takes seconds when a process has just started.
     *
     * @param label one whose nodes have unique ids
     * @throws GraphException when the graph cannot be reached
     */
    default @Nullable Row node(CypherName label, String id) {
        List<Row> found = read("MATCH (n:" + label.text() + " {id: $id}) RETURN n", Map.of("id", id));
        return found.isEmpty() ? null : found.getFirst().node("n");
    }

    /**
     * Runs work in one transaction: either all of it is stored or nothing. The work may run again after a transient
     * failure, so it must not change anything but the graph.
     *
     * @throws GraphException when the work could not be stored
     */
    <T> T write(Function<GraphTransaction, T> work);

    /** Runs a statement that changes the schema, which cannot share a transaction with data. */
    void changeSchema(String cypher);

    /** A period in which nothing is written to a graph. */
    interface WritePause extends AutoCloseable {
        /** Allows writing again. */
        @Override
        void close();
    }

    /**
     * Flushes all stored data to disk and blocks writers, so that the graph's files can be copied. Reading stays
     * possible. Does nothing for a graph on a server.
     */
    default WritePause pauseWrites() {
        return () -> {};
    }

    /** Waits until all indexes are built and include everything written so far. */
    void awaitIndexes();

    /**
     * Prepares for storing many batches.
     *
     * @param rows a rough estimate of the number of rows; an empty embedded graph loads a large number with the faster
     *     offline importer
     */
    Load load(long rows);

    /** The graph's folder or address, for messages to the user. */
    String place();

    @Override
    void close();

    /** Stores many batches, one after the other. */
    interface Load extends AutoCloseable {
        /**
         * Stores a batch. It is in the graph when this method returns or, with the offline importer, when the load is
         * closed. If the process dies earlier, nothing of the batch is stored.
         *
         * @param after stores more in the same transaction, given the result of the batch; it may run again after a
         *     transient failure
         * @throws GraphException when the batch could not be stored; with the offline importer, all batches of the load
         *     are then lost
         */
        Applied store(Mutations data, BiFunction<GraphTransaction, Applied, Applied> after);

        /**
         * Ends the load.
         *
         * @throws GraphException as for {@link #store}
         */
        @Override
        void close();
    }
}
