package org.avatarengine.app.services;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.ProgressLine;
import org.avatarengine.graph.Graph;

/** Where a command runs: in its own process, or as a job of the page's server, which already has the graph open. */
public interface ExecutionContext {
    /** Runs the program with the given arguments and returns its exit code. */
    @FunctionalInterface
    interface Program {
        int run(ExecutionContext context, PrintWriter out, PrintWriter err, String... arguments);
    }

    /**
     * The command has its own process.
     *
     * @param environment the environment variables
     */
    record OwnProcess(Program program, Map<String, String> environment) implements ExecutionContext {
        @Override
        public Graph graph(Supplier<Graph> opening) {
            return opening.get();
        }

        @Override
        public Display display(PrintWriter err) {
            return new ProgressLine(err);
        }

        @Override
        public Interruption interruption() {
            return Interruption.byControlC();
        }
    }

    /** The whole program, for commands that run other commands. */
    Program program();

    /** The environment variables, with keys, passwords and settings. */
    Map<String, String> environment();

    /** The graph to work on; the command closes it. */
    Graph graph(Supplier<Graph> opening);

    /** Where progress is shown. */
    Display display(PrintWriter err);

    /** Says whether the user wants to stop the command. */
    Interruption interruption();
}
