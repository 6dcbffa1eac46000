package org.avatarengine.app;

import org.avatarengine.graph.Graph;

/** A command that works on the graph. */
abstract class GraphCommand extends AvatarCommand {
    @Override
    public final Integer call() throws Exception {
        try (Graph graph = common.openGraph()) {
            return run(graph);
        }
    }

    /** Does the work and returns the exit code. */
    abstract int run(Graph graph) throws Exception;
}
