package org.avatarengine.app.engine;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;

/**
 * A graph for a command that its user can stop. A process of its own would be ended; here, the command fails at the next
 * statement or row. A transaction that has begun is completed.
 */
record StoppableGraph(Graph graph, BooleanSupplier stopped) implements Graph {
    private void goOn() {
        if (stopped.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    @Override
    public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
        goOn();
        graph.read(cypher, parameters, row -> {
            goOn();
            rows.accept(row);
        });
    }

    @Override
    public <T> T write(Function<GraphTransaction, T> work) {
        goOn();
        return graph.write(work);
    }

    @Override
    public void changeSchema(String cypher) {
        graph.changeSchema(cypher);
    }

    @Override
    public void awaitIndexes() {
        graph.awaitIndexes();
    }

    @Override
    public Load load(long rows) {
        return graph.load(rows);
    }

    @Override
    public WritePause pauseWrites() {
        return graph.pauseWrites();
    }

    @Override
    public String place() {
        return graph.place();
    }

    @Override
    public void close() {
        graph.close();
    }
}
