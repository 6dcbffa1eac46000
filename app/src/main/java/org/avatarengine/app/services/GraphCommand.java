package org.avatarengine.app.services;

import org.avatarengine.graph.Graph;

/** A command that works on the graph, which is open while it runs. */
public abstract class GraphCommand extends AvatarCommand {
    @Override
    public final Integer call() throws Exception {
        int code;
        try (Graph graph = services().openGraph()) {
            code = run(graph);
        }
        return afterwards(code);
    }

    /** Does what needs the graph to be closed, and returns the exit code. */
    protected int afterwards(int code) throws Exception {
        return code;
    }

    /** Does the work and returns the exit code. */
    protected abstract int run(Graph graph) throws Exception;
}
