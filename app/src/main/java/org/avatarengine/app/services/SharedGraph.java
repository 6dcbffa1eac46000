package org.avatarengine.app.services;

import org.avatarengine.graph.ForwardingGraph;
import org.avatarengine.graph.Graph;

/** A graph that others use at the same time: closing it does nothing, and an import never takes it offline. */
public final class SharedGraph extends ForwardingGraph {
    public SharedGraph(Graph shared) {
        super(shared);
    }

    @Override
    public Load load(long rows) {
        return super.load(0);
    }

    @Override
    public void close() {
        // Its owner closes it.
    }
}
