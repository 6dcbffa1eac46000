package org.avatarengine.app.engine;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.graph.ForwardingGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;

/**
 * A graph for a command that its user can stop. A process of its own would be ended; here, the command fails at the next
 * statement or row. A transaction that has begun is completed.
 */
final class StoppableGraph extends ForwardingGraph {
    private final BooleanSupplier stopped;

    StoppableGraph(Graph graph, BooleanSupplier stopped) {
        super(graph);
        this.stopped = stopped;
    }

    private void goOn() {
        if (stopped.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    @Override
    public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
        goOn();
        super.read(cypher, parameters, row -> {
            goOn();
            rows.accept(row);
        });
    }

    @Override
    public <T> T write(Function<GraphTransaction, T> work) {
        goOn();
        return super.write(work);
    }
}
