package org.avatarengine.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.avatarengine.graph.Graph;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on the graph. */
abstract class GraphCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        try (Graph graph = common.openGraph()) {
            return run(graph);
        }
    }

    /** Does the work and returns the exit code. */
    abstract int run(Graph graph) throws Exception;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
