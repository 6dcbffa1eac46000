package org.avatarengine.app.services;

import org.avatarengine.graph.Graph;

/** A command that works on the graph, which is open while it runs. */
public abstract class GraphCommand extends AvatarCommand {
    @Override
    public final Integer call() throws Exception {
        try (Graph graph = services().openGraph()) {
            return run(graph);
        }
    }

    /** Does the work and returns the exit code. */
    protected abstract int run(Graph graph) throws Exception;
}
