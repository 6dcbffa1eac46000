package org.avatarengine.graph;

import java.util.List;

/** A load that keeps all indexes and stores each batch in one transaction. */
record PlainLoad(Graph graph) implements Graph.BulkLoad {
    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public Applied store(Mutations shared, List<Mutations> parts) {
        return graph.write(transaction -> {
            Applied sum = transaction.apply(shared);
            for (Mutations part : parts) {
                sum = sum.plus(transaction.apply(part));
            }
            return sum;
        });
    }

    @Override
    public void close() {
        // Nothing was put off.
    }
}
