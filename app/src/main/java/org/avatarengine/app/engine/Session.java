package org.avatarengine.app.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.ProgressLine;
import org.avatarengine.app.print.UserTerminal;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.ResidentEngine;
import org.avatarengine.client.CommandLine;
import org.avatarengine.client.Frame;
import org.avatarengine.client.Frame.Kind;
import org.avatarengine.client.Greeting;
import org.avatarengine.client.Wire;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;

/** One client and its command. A second thread receives what the client sends meanwhile. */
final class Session implements Runnable {
    private static final System.Logger LOG = System.getLogger(Session.class.getName());

    private final Engine engine;
    private final Wire wire;
    private final BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();
    private volatile boolean stopped;
    private volatile ResidentEngine.@Nullable Running running;

    Session(Engine engine, Wire wire) {
        this.engine = engine;
        this.wire = wire;
    }

    /** The command that runs; null before it begins. */
    ResidentEngine.@Nullable Running running() {
        return running;
    }

    boolean isRunning() {
        return running != null;
    }

    @Override
    public void run() {
        Frame last = null;
        try {
            last = serve();
        } catch (Greeting.OtherProtocol e) {
            last = another();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A client has gone: {0}", e.getMessage());
        }
        running = null;
        try (Wire closing = wire) {
            if (last != null) {
                closing.send(last);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A client has gone: {0}", e.getMessage());
        } finally {
            engine.ended(this);
        }
    }

    private @Nullable Frame serve() throws IOException {
        Frame first = wire.receive();
        if (first == null) {
            return null; // somebody looked whether the engine answers
        }
        Greeting greeting = Greeting.of(first);
        if (!engine.suits(greeting.settings())) {
            return another();
        }
        wire.send(Frame.of(Kind.BEGUN, 0));
        String name = CommandLine.command(greeting.arguments());
        running = new ResidentEngine.Running(name.isEmpty() ? "avatar" : name, Instant.now());
        Thread.ofPlatform().daemon().name("engine-input").start(this::receive);
        Context context = new Context(greeting);
        try (PrintWriter out = writer(Kind.OUT);
                PrintWriter err = writer(Kind.ERR)) {
            int code =
                    engine.program().run(context, out, err, greeting.arguments().toArray(String[]::new));
            out.flush();
            err.flush();
            if (code == ExitCode.ALONE) {
                engine.stop();
                return Frame.of(Kind.ALONE, 0);
            }
            return Frame.of(Kind.EXIT, code);
        }
    }

    /** This engine is not the right one: it makes room for another, at once or when it has finished. */
    private Frame another() {
        boolean busy = engine.isBusyBeside(this);
        engine.stop();
        return busy
                ? Frame.of(
                        Kind.BUSY,
                        "avatar: Waiting for a command that another version, or a session with another language or time"
                                + " zone, is running …\n")
                : Frame.of(Kind.ANOTHER, 0);
    }

    private void receive() {
        try {
            for (Frame frame = wire.receive(); frame != null; frame = wire.receive()) {
                if (frame.kind() == Kind.INTERRUPT) {
                    stopped = true;
                    answers.add(Frame.of(Kind.NO_SECRET, 0)); // whoever waits for the user need not any more
                } else {
                    answers.add(frame);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A client has gone: {0}", e.getMessage());
        }
        // A client that is gone wants nothing any more.
        stopped = true;
        answers.add(Frame.of(Kind.NO_SECRET, 0));
    }

    /** Asks the client and waits for its answer. */
    Frame ask(Frame question) throws IOException {
        wire.send(question);
        try {
            return stopped && answers.isEmpty() ? Frame.of(Kind.NO_SECRET, 0) : answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Frame.of(Kind.NO_SECRET, 0);
        }
    }

    void tell(Frame frame) throws IOException {
        wire.send(frame);
    }

    private PrintWriter writer(Kind kind) {
        return new PrintWriter(new OutputStreamWriter(output(kind), StandardCharsets.UTF_8), false);
    }

    OutputStream output(Kind kind) {
        return new FrameOutput(wire, kind);
    }

    /** Where the client's command runs. */
    private final class Context implements ExecutionContext {
        private final Greeting greeting;
        private final RemoteTerminal terminal;

        Context(Greeting greeting) {
            this.greeting = greeting;
            this.terminal = new RemoteTerminal(Session.this, greeting);
        }

        @Override
        public Program program() {
            return engine.program();
        }

        @Override
        public Map<String, String> environment() {
            return greeting.environment();
        }

        @Override
        public UserTerminal terminal() {
            return terminal;
        }

        @Override
        public Path folder() {
            return Path.of(greeting.folder());
        }

        /** A command that nothing else prevents from having the data to itself gets a process of its own. */
        @Override
        public boolean admits(AvatarCommand command) {
            return !command.needsDataAlone() || engine.isBusyBeside(Session.this);
        }

        @Override
        public ResidentEngine engine() {
            return engine;
        }

        @Override
        public Graph graph(Supplier<Graph> opening) {
            return new StoppableGraph(engine.graph(opening), () -> stopped);
        }

        @Override
        public Graph serverGraph(Supplier<Graph> opening) {
            return new StoppableGraph(opening.get(), () -> stopped);
        }

        @Override
        public SentenceEncoder encoder(SentenceModel model) {
            return engine.encoder(model);
        }

        @Override
        public Display display(PrintWriter err) {
            return new ProgressLine(err, terminal.isInteractive());
        }

        @Override
        public Interruption interruption() {
            return Interruption.by(() -> stopped);
        }
    }
}
