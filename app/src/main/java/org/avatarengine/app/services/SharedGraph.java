package org.avatarengine.app.services;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;

/** A graph that others use at the same time: closing it does nothing, and an import never takes it offline. */
public record SharedGraph(Graph shared) implements Graph {
    @Override
    public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
        shared.read(cypher, parameters, rows);
    }

    @Override
    public <T> T write(Function<GraphTransaction, T> work) {
        return shared.write(work);
    }

    @Override
    public void changeSchema(String cypher) {
        shared.changeSchema(cypher);
    }

    @Override
    public void awaitIndexes() {
        shared.awaitIndexes();
    }

    @Override
    public Load load(long rows) {
        return shared.load(0);
    }

    @Override
    public WritePause pauseWrites() {
        return shared.pauseWrites();
    }

    @Override
    public String place() {
        return shared.place();
    }

    @Override
    public void close() {
        // Its owner closes it.
    }
}
