package org.avatarengine.app.services;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.ProgressLine;
import org.avatarengine.app.print.UserTerminal;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Where a command runs: in its own process, in the engine that runs in the background, or as a job of the page. The
 * latter two have the graph open already.
 */
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
        public UserTerminal terminal() {
            return UserTerminal.OWN;
        }

        @Override
        public Path folder() {
            return Path.of("");
        }

        @Override
        public Graph graph(Supplier<Graph> opening) {
            return opening.get();
        }

        @Override
        public Display display(PrintWriter err) {
            return new ProgressLine(err, terminal().isInteractive());
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

    /** The terminal of the user. */
    UserTerminal terminal();

    /** The working folder, from which relative paths start. */
    Path folder();

    /**
     * Whether the command can run here. The engine cannot run one that needs the data to itself; nothing else can stop
     * it from having them then.
     */
    default boolean admits(AvatarCommand command) {
        return true;
    }

    /** The engine in which the command runs; null if it runs elsewhere. */
    default @Nullable ResidentEngine engine() {
        return null;
    }

    /** The graph to work on; the command closes it. */
    Graph graph(Supplier<Graph> opening);

    /** Likewise, when the graph is on a Neo4j server. */
    default Graph serverGraph(Supplier<Graph> opening) {
        return opening.get();
    }

    /** A sentence model to work with; the command closes it. */
    default SentenceEncoder encoder(SentenceModel model) {
        return new OnnxEncoder(model, Runtime.getRuntime().availableProcessors());
    }

    /** Where progress is shown. */
    Display display(PrintWriter err);

    /** Says whether the user wants to stop the command. */
    Interruption interruption();
}
