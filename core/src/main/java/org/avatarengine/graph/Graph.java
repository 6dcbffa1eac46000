package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.failure.GraphException;

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

    /** A time in which nothing is written to a graph. */
    interface Still extends AutoCloseable {
        /** Lets writing go on. */
        @Override
        void close();
    }

    /**
     * Brings all that was stored to disk and keeps who wants to store more waiting, so that the graph's files can be
     * copied; reading goes on. For a graph that another program holds this does nothing.
     */
    default Still still() {
        return () -> {};
    }

    /** Waits until all indexes are built and show everything written so far. */
    void awaitIndexes();

    /**
     * Prepares for storing many batches.
     *
     * @param rows how many rows will come, roughly; an empty embedded graph takes very many of them by a faster way
     */
    Load load(long rows);

    /** Where this graph is, for people to read. */
    String place();

    @Override
    void close();

    /** The time in which many batches are stored, one after the other. */
    interface Load extends AutoCloseable {
        /**
         * Stores a batch. It is in the graph when this returns or, by the faster way, when the load is closed; a process
         * that dies before leaves none of it.
         *
         * @param after what to store together with the batch, given the outcome of that; it may run again after a
         *     passing failure
         * @throws GraphException when it could not be stored; by the faster way, all batches of the load are then gone
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
