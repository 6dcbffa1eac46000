package org.avatarengine.app;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.avatarengine.graph.Graph;

/** Where a command runs: as a process of its own, or as a job of the page's server, which has the graph open. */
interface Surroundings {
    /** A process of its own. */
    Surroundings PROCESS = new Surroundings() {
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
    };

    /** The graph to work on, for the command to close. */
    Graph graph(Supplier<Graph> opening);

    /** Where progress is shown. */
    Display display(PrintWriter err);

    /** What tells whether the user wants the command to end. */
    Interruption interruption();
}
