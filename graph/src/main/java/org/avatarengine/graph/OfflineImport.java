package org.avatarengine.graph;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.avatarengine.failure.GraphException;
import org.jspecify.annotations.Nullable;
import org.neo4j.batchimport.api.BatchImporter;
import org.neo4j.batchimport.api.Configuration;
import org.neo4j.batchimport.api.IndexConfig;
import org.neo4j.batchimport.api.InputIterator;
import org.neo4j.batchimport.api.Monitor;
import org.neo4j.batchimport.api.input.Collector;
import org.neo4j.batchimport.api.input.IdType;
import org.neo4j.batchimport.api.input.Input;
import org.neo4j.batchimport.api.input.InputChunk;
import org.neo4j.batchimport.api.input.InputEntityVisitor;
import org.neo4j.batchimport.api.input.ReadableGroups;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.internal.batchimport.BatchImporterFactory;
import org.neo4j.internal.batchimport.DefaultAdditionalIds;
import org.neo4j.internal.batchimport.staging.ExecutionMonitor;
import org.neo4j.io.fs.DefaultFileSystemAbstraction;
import org.neo4j.io.fs.FileSystemAbstraction;
import org.neo4j.io.layout.DatabaseLayout;
import org.neo4j.io.layout.Neo4jLayout;
import org.neo4j.io.layout.recordstorage.RecordDatabaseLayout;
import org.neo4j.io.pagecache.ExternallyManagedPageCache;
import org.neo4j.io.pagecache.PageCache;
import org.neo4j.io.pagecache.context.CursorContextFactory;
import org.neo4j.io.pagecache.tracing.PageCacheTracer;
import org.neo4j.kernel.DatabaseCreationOptions;
import org.neo4j.kernel.impl.index.schema.IndexImporterFactoryImpl;
import org.neo4j.kernel.impl.scheduler.JobSchedulerFactory;
import org.neo4j.kernel.impl.transaction.log.EmptyLogTailMetadata;
import org.neo4j.kernel.impl.transaction.log.files.TransactionLogInitializer;
import org.neo4j.logging.internal.NullLogService;
import org.neo4j.memory.EmptyMemoryTracker;
import org.neo4j.scheduler.JobScheduler;

/**
 * A run of Neo4j's offline importer (the engine of {@code neo4j-admin database import}), which receives its data while
 * it runs. The importer needs all nodes before the first link, so links are kept in a file until then.
 */
final class OfflineImport {
    /**
     * A node to write.
     *
     * @param number its number in the store, from 0 on without gaps
     */
    record Node(long number, String[] labels, String id, Properties properties) {}

    private record Link(long from, String type, long to, Properties properties) {}

    static final String LINKS = "links.tmp";
    private static final Properties NONE = new Properties();
    private static final int NODES_IN_CHUNK = 1000;
    private static final int LINKS_IN_CHUNK = 2000;
    private static final long OFF_HEAP_BYTES = 96L << 20;

    private final Path linkFile;
    private final DataOutputStream links;
    private final List<String> typeNames = new ArrayList<>();
    /** Links with properties. There are few, so they are kept in memory. */
    private final List<Link> richLinks = new ArrayList<>();

    private final BlockingQueue<List<Node>> queue = new ArrayBlockingQueue<>(32);
    private final Thread importer;
    private volatile boolean allNodesGiven;
    private volatile boolean abandoned;
    private volatile @Nullable Throwable failure;

    OfflineImport(Path home, PageCache pageCache, long rows) {
        linkFile = home.resolve(LINKS);
        try {
            links = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(linkFile), 1 << 16));
        } catch (IOException e) {
            throw new GraphException("Cannot write in " + home + ": " + e.getMessage() + ".", e);
        }
        importer = Thread.ofPlatform().daemon().name("graph-import").start(() -> {
            try {
                run(home, pageCache, rows);
            } catch (Throwable e) { // Errors must reach the waiting thread too.
                failure = e;
            }
        });
    }

    /** Passes nodes to the importer. Blocks while its queue is full. */
    void nodes(List<Node> nodes) {
        for (int from = 0; from < nodes.size(); from += NODES_IN_CHUNK) {
            List<Node> chunk = nodes.subList(from, Math.min(from + NODES_IN_CHUNK, nodes.size()));
            try {
                while (!queue.offer(chunk, 100, TimeUnit.MILLISECONDS)) {
                    checkRunning();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GraphException("Filling the graph was interrupted.", e);
            }
        }
        checkRunning();
    }

    private void checkRunning() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException(cause);
        }
        if (!importer.isAlive()) {
            throw new IllegalStateException("The importer ended before it had read all data.");
        }
    }

    /** Adds a link. Its nodes can be passed before or after. */
    void link(long from, String type, int typeNumber, long to, Properties properties) throws IOException {
        if (properties.size() > 0) {
            richLinks.add(new Link(from, type, to, properties));
            return;
        }
        while (typeNames.size() <= typeNumber) {
            typeNames.add("");
        }
        typeNames.set(typeNumber, type);
        links.writeInt((int) from);
        links.writeInt((int) to);
        links.writeByte(typeNumber);
    }

    /** Marks the end of the nodes, and waits until the store is written. */
    void finish() throws IOException {
        links.close();
        allNodesGiven = true;
        try {
            importer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GraphException("Filling the graph was interrupted.", e);
        }
        Files.deleteIfExists(linkFile);
        Throwable cause = failure;
        if (cause != null) {
            throw new IOException(cause);
        }
    }

    /** Stops the importer at once and waits for its end. */
    void abandon() {
        abandoned = true;
        boolean interrupted = Thread.interrupted();
        while (importer.isAlive()) {
            try {
                importer.join();
            } catch (InterruptedException e) {
                interrupted = true; // the store's files are in use until it has ended
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            links.close();
            Files.deleteIfExists(linkFile);
        } catch (IOException e) {
            throw new GraphException("Cannot remove " + linkFile + ": " + e.getMessage() + ".", e);
        }
    }

    private void run(Path home, PageCache pageCache, long rows) throws Exception {
        Input input = Input.input(
                NodeReader::new, LinkReader::new, IdType.ACTUAL, estimates(rows), ReadableGroups.EMPTY, false);
        write(home, pageCache, input);
    }

    /** Writes the store files of the database in a Neo4j home. They must not exist. */
    static void write(Path home, PageCache pageCache, Input input) throws Exception {
        Config config = Config.newBuilder()
                .set(GraphDatabaseSettings.neo4j_home, home.toAbsolutePath())
                .build();
        DatabaseLayout layout = RecordDatabaseLayout.of(Neo4jLayout.of(config), EmbeddedGraph.DATABASE);
        Files.createDirectories(layout.databaseDirectory());
        try (FileSystemAbstraction files = new DefaultFileSystemAbstraction();
                JobScheduler scheduler = JobSchedulerFactory.createInitialisedScheduler();
                BatchImporter batchImporter = BatchImporterFactory.withHighestPriority()
                        .instantiate(
                                layout,
                                files,
                                PageCacheTracer.NULL,
                                new Settings(new ExternallyManagedPageCache(pageCache)),
                                NullLogService.getInstance(),
                                ExecutionMonitor.INVISIBLE,
                                DefaultAdditionalIds.EMPTY,
                                new EmptyLogTailMetadata(config),
                                config,
                                Monitor.NO_MONITOR,
                                scheduler,
                                Collector.STRICT,
                                TransactionLogInitializer.getLogFilesInitializer(),
                                new IndexImporterFactoryImpl(),
                                EmptyMemoryTracker.INSTANCE,
                                CursorContextFactory.NULL_CONTEXT_FACTORY,
                                DatabaseCreationOptions.EMPTY_CREATION_OPTIONS)) {
            batchImporter.doImport(input);
        }
    }

    /** Assumes a typical message: two links and twelve properties of ten bytes. The estimate only sets buffer sizes. */
    private static Input.Estimates estimates(long rows) {
        return Input.knownEstimates(rows, 2 * rows, 12 * rows, 0, 120 * rows, 0, rows);
    }

    private record Settings(ExternallyManagedPageCache providedPageCache) implements Configuration {
        @Override
        public int maxNumberOfWorkerThreads() {
            return Runtime.getRuntime().availableProcessors();
        }

        @Override
        public int batchSize() {
            return 2000;
        }

        @Override
        public int maxQueueSize() {
            return 20;
        }

        @Override
        public long maxOffHeapMemory() {
            return OFF_HEAP_BYTES;
        }

        @Override
        public IndexConfig indexConfig() {
            return IndexConfig.create().withLabelIndex().withRelationshipTypeIndex();
        }
    }

    private void checkWanted() throws IOException {
        if (abandoned) {
            throw new IOException("abandoned");
        }
    }

    private final class NodeReader implements InputIterator {
        @Override
        public InputChunk newChunk() {
            return new NodeChunk();
        }

        @Override
        public boolean next(InputChunk chunk) throws IOException {
            try {
                while (true) {
                    checkWanted();
                    boolean last = allNodesGiven;
                    List<Node> nodes = queue.poll(last ? 0 : 20, TimeUnit.MILLISECONDS);
                    if (nodes != null) {
                        ((NodeChunk) chunk).fill(nodes);
                        return true;
                    }
                    if (last) {
                        return false;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() {
            // The queue holds nothing that needs closing.
        }
    }

    /** Entities for one worker of the importer. */
    private abstract static class Chunk<T> implements InputChunk {
        private List<T> entities = List.of();
        private int at;

        void fill(List<T> next) {
            entities = next;
            at = 0;
        }

        @Override
        public boolean next(InputEntityVisitor out) throws IOException {
            if (at == entities.size()) {
                return false;
            }
            give(entities.get(at++), out);
            out.endOfEntity();
            return true;
        }

        abstract void give(T entity, InputEntityVisitor out);

        @Override
        public void close() {
            entities = List.of();
        }
    }

    private static final class NodeChunk extends Chunk<Node> {
        @Override
        void give(Node node, InputEntityVisitor out) {
            out.id(node.number);
            out.labels(node.labels);
            out.property("id", node.id, false);
            properties(node.properties, out);
        }
    }

    private static final class LinkChunk extends Chunk<Link> {
        @Override
        void give(Link link, InputEntityVisitor out) {
            out.startId(link.from);
            out.endId(link.to);
            out.type(link.type);
            properties(link.properties, out);
        }
    }

    private static void properties(Properties properties, InputEntityVisitor out) {
        properties.forEach((name, value) -> out.property(name, GraphValues.stored(value), false));
    }

    /** Reads the link file in chunks, for several threads, and then the links in memory. */
    private final class LinkReader implements InputIterator {
        private final DataInputStream in;
        private boolean atEnd;
        private boolean richGiven;

        LinkReader() {
            try {
                in = new DataInputStream(new BufferedInputStream(Files.newInputStream(linkFile), 1 << 16));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public InputChunk newChunk() {
            return new LinkChunk();
        }

        @Override
        public synchronized boolean next(InputChunk chunk) throws IOException {
            checkWanted();
            List<Link> next = new ArrayList<>(LINKS_IN_CHUNK);
            while (!atEnd && next.size() < LINKS_IN_CHUNK) {
                try {
                    int from = in.readInt();
                    int to = in.readInt();
                    next.add(new Link(from, typeNames.get(in.readUnsignedByte()), to, NONE));
                } catch (EOFException e) {
                    atEnd = true;
                }
            }
            if (next.isEmpty() && !richGiven) {
                richGiven = true;
                next = richLinks;
            }
            ((LinkChunk) chunk).fill(next);
            return !next.isEmpty();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
