package org.avatarengine.graph;

import java.util.function.BiFunction;

/** A load that keeps all indexes and stores each batch in one transaction. */
record PlainLoad(Graph graph) implements Graph.Load {
    @Override
    public Applied store(Mutations data, BiFunction<GraphTransaction, Applied, Applied> after) {
        return graph.write(transaction -> {
            Applied applied = transaction.apply(data);
            return applied.plus(after.apply(transaction, applied));
        });
    }

    @Override
    public void close() {
        // All batches are already stored.
    }
}
