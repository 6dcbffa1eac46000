package org.avatarengine.app.serve;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.UserTerminal;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.ResidentEngine;
import org.avatarengine.app.services.SharedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.job.Job;
import org.avatarengine.page.CommandRunner;
import org.jspecify.annotations.Nullable;

/** Runs commands as jobs of the page's server, on the graph that the server has open. */
public record CommandJobs(ExecutionContext server, Graph graph, Path data) implements CommandRunner {
    @Override
    public boolean run(List<String> arguments, Job job) {
        List<String> all = new ArrayList<>(arguments);
        all.add("--data=" + data);
        PrintWriter lines = new PrintWriter(new Lines(job), true);
        int code = server.program().run(new AsJob(server, graph, job), lines, lines, all.toArray(String[]::new));
        lines.flush();
        return code == 0;
    }

    private record AsJob(ExecutionContext server, Graph graph, Job job) implements ExecutionContext {
        @Override
        public Program program() {
            return server.program();
        }

        @Override
        public Map<String, String> environment() {
            return server.environment();
        }

        @Override
        public UserTerminal terminal() {
            return UserTerminal.NONE;
        }

        @Override
        public Path folder() {
            return server.folder();
        }

        @Override
        public @Nullable ResidentEngine engine() {
            return server.engine();
        }

        @Override
        public Graph serverGraph(Supplier<Graph> opening) {
            return new SharedGraph(graph);
        }

        @Override
        public Graph graph(Supplier<Graph> opening) {
            return new SharedGraph(graph);
        }

        @Override
        public Display display(PrintWriter err) {
            return Display.of(job);
        }

        @Override
        public Interruption interruption() {
            return Interruption.by(job::cancelled);
        }
    }

    /** Passes printed lines on to the job. */
    private static final class Lines extends Writer {
        private final Job job;
        private final StringBuilder line = new StringBuilder();

        Lines(Job job) {
            this.job = job;
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                if (buffer[i] == '\n') {
                    job.line(line.toString());
                    line.setLength(0);
                } else {
                    line.append(buffer[i]);
                }
            }
        }

        @Override
        public void flush() {
            // Only complete lines are passed on.
        }

        @Override
        public void close() {
            if (!line.isEmpty()) {
                job.line(line.toString());
            }
        }
    }
}
