package org.avatarengine.app.engine;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.app.services.ResidentEngine;
import org.avatarengine.app.services.SharedGraph;
import org.avatarengine.client.EngineFolder;
import org.avatarengine.client.Greeting;
import org.avatarengine.client.Wire;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.failure.GraphException;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.vault.InUse;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of clients on one open graph. It ends when nobody has asked for anything for some time, when it is
 * told to, or when a command needs the data to itself.
 *
 * <p>It has one lock file, which the system releases when it dies, so there is never a second one and never one that is
 * taken for alive. A socket without a locked file is a leftover and is replaced.
 */
public final class Engine implements ResidentEngine, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    /** After this time without a command, memory that is not needed is given back to the system. */
    private static final Duration UNTIL_TIDY = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EngineFolder folder;
    private final ExecutionContext.Program program;
    private final Duration idle;
    private final String settings;
    private final Instant started = Instant.now();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final KeptEncoders encoders = new KeptEncoders();
    private final FileChannel lockFile;
    private final ServerSocketChannel server;

    private volatile Instant lastUse = Instant.now();
    private volatile boolean stopping;

    /** Whether no further client is accepted; changed together with the list of sessions. */
    private boolean closing;

    private @Nullable Graph graph;
    private @Nullable InUse inUse;

    private Engine(EngineFolder folder, ExecutionContext.Program program, Duration idle, FileChannel lockFile)
            throws IOException {
        this.folder = folder;
        this.program = program;
        this.idle = idle;
        this.lockFile = lockFile;
        this.settings = Greeting.settingsOfThisProcess(System.getenv());
        Path socket = folder.socket();
        Files.deleteIfExists(socket);
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("engine-accept").start(this::accept);
    }

    /**
     * Starts the engine of a data folder.
     *
     * @param idle how long it stays without a command
     * @return null if there is one already
     */
    static @Nullable Engine start(Path data, ExecutionContext.Program program, Duration idle)
            throws IOException, InterruptedException {
        EngineFolder folder = new EngineFolder(data);
        folder.create();
        FileChannel file = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        PrivateFiles.tighten(folder.lock());
        FileLock lock = file.tryLock();
        // One that is ending answers nobody, but still has the lock.
        for (Instant end = Instant.now().plus(PATIENCE);
                lock == null && !answers(folder) && Instant.now().isBefore(end); ) {
            Thread.sleep(50);
            lock = file.tryLock();
        }
        if (lock == null) {
            file.close();
            return null;
        }
        try {
            return new Engine(folder, program, idle, file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static boolean answers(EngineFolder folder) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(folder.socket()));
        } catch (ClosedChannelException | SocketException e) {
            return false;
        }
    }

    private void accept() {
        while (!stopping) {
            try {
                SocketChannel channel = server.accept();
                if (!EngineFolder.isOwn(channel)) {
                    channel.close();
                    continue;
                }
                Session session = new Session(this, new Wire(channel));
                if (!enter(session)) {
                    channel.close(); // the client tries again
                    return;
                }
                Thread.ofPlatform().daemon().name("engine-command").start(session);
            } catch (ClosedChannelException e) {
                return; // the engine ends
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "A client could not be answered: {0}", e.getMessage());
            }
        }
    }

    private boolean enter(Session session) {
        synchronized (sessions) {
            return !closing && sessions.add(session);
        }
    }

    private boolean mayEnd() {
        synchronized (sessions) {
            closing = sessions.isEmpty() && (stopping || Instant.now().isAfter(lastUse.plus(idle)));
            return closing;
        }
    }

    /** Waits until the engine may end. */
    void await() throws InterruptedException {
        Instant tidied = Instant.MIN;
        Instant warmed = Instant.MIN;
        while (!mayEnd()) {
            Thread.sleep(100);
            if (sessions.isEmpty() && hasGraph() && warmed.isBefore(lastUse)) {
                warmed = Instant.now();
                warmUp();
            }
            encoders.removeUnused();
            Instant now = Instant.now();
            if (sessions.isEmpty() && tidied.isBefore(lastUse) && now.isAfter(lastUse.plus(UNTIL_TIDY))) {
                tidied = now;
                System.gc();
            }
        }
    }

    private void warmUp() {
        Graph open;
        synchronized (this) {
            open = graph;
        }
        try {
            if (open != null) {
                Warmup.run(open, () -> stopping || !sessions.isEmpty());
            }
        } catch (GraphException e) {
            LOG.log(System.Logger.Level.WARNING, "The engine could not read ahead: {0}", e.getMessage());
        }
    }

    /** A sentence model to work with. */
    SentenceEncoder encoder(SentenceModel model) {
        return encoders.borrow(model);
    }

    /** The open graph. The first command that needs it opens it. One that another process serves is not kept. */
    Graph graph(Supplier<Graph> opening) {
        synchronized (this) {
            if (graph == null) {
                Graph opened = opening.get();
                if (!(opened instanceof EmbeddedGraph)) {
                    return opened;
                }
                graph = opened;
                inUse = InUse.together(folder.data());
            }
            return new SharedGraph(graph);
        }
    }

    ExecutionContext.Program program() {
        return program;
    }

    /** Whether commands of a client with these settings can run here. */
    boolean suits(String wanted) {
        return wanted.equals(settings);
    }

    /** Whether another command runs. */
    boolean isBusyBeside(Session session) {
        return sessions.stream().anyMatch(other -> other != session && other.isRunning());
    }

    /** Ends the engine; what runs is completed. */
    @Override
    public void stop() {
        stopping = true;
    }

    void ended(Session session) {
        sessions.remove(session);
        lastUse = Instant.now();
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public List<Running> running() {
        List<Running> running = new ArrayList<>();
        for (Session session : sessions) {
            Running one = session.running();
            if (one != null) {
                running.add(one);
            }
        }
        return running;
    }

    @Override
    public Duration idle() {
        return idle;
    }

    @Override
    public synchronized boolean hasGraph() {
        return graph != null;
    }

    /** Closes the graph. The socket is removed last, because clients wait for that. */
    @Override
    public void close() throws IOException {
        stopping = true;
        try (FileChannel _ = lockFile;
                KeptEncoders _ = encoders) {
            server.close();
            synchronized (this) {
                Graph open = graph;
                graph = null;
                if (open != null) {
                    open.close();
                }
                InUse held = inUse;
                inUse = null;
                if (held != null) {
                    held.close();
                }
            }
        } finally {
            Files.deleteIfExists(folder.socket());
        }
    }
}
