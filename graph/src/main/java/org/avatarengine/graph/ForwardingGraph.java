package org.avatarengine.graph;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.graph.vocabulary.CypherName;
import org.jspecify.annotations.Nullable;

/** A graph that passes everything on to another one. Subclasses change what they have to. */
public abstract class ForwardingGraph implements Graph {
    private final Graph graph;

    protected ForwardingGraph(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
        graph.read(cypher, parameters, rows);
    }

    @Override
    public @Nullable Row node(CypherName label, String id) {
        return graph.node(label, id);
    }

    @Override
    public <T> T write(Function<GraphTransaction, T> work) {
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
