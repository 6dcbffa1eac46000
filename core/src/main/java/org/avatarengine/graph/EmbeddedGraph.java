package org.avatarengine.graph;

import inet.ipaddr.IPAddressString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.avatarengine.failure.GraphException;
import org.avatarengine.vault.PrivateFiles;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.QueryExecutionException;
import org.neo4j.graphdb.QueryExecutionType;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;
import org.neo4j.io.pagecache.PageCache;
import org.neo4j.kernel.database.Database;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.kernel.impl.transaction.log.checkpoint.CheckPointer;
import org.neo4j.kernel.impl.transaction.log.checkpoint.SimpleTriggerInfo;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/** Neo4j Community running inside this process on a folder of its own. One process at a time can hold the folder. */
public final class EmbeddedGraph implements Graph {
    static final String DATABASE = "neo4j";
    private static final long PAGE_CACHE_BYTES = 192L << 20;

    /** With less free than this no page of a store can be written. */
    private static final long LEAST_ROOM_BYTES = 1 << 16;

    private static final int SECONDS_ON_FULL_DISK = 10;

    /** From this many rows on, stopping and starting the database for the offline importer pays. */
    private static final long LEAST_ROWS_TO_FILL = 20_000;

    /** A file that stands in the folder while the offline importer is at work. */
    private static final String FILLING = "filling";

    /** What Neo4j locks while it has the store open. */
    private static final String STORE_LOCK = "data/databases/store_lock";

    private final Path folder;
    private final DatabaseManagementService service;
    private final GraphDatabaseService database;
    private final CommitGate gate = new CommitGate();

    private EmbeddedGraph(Path folder, DatabaseManagementService service) {
        this.folder = folder;
        this.service = service;
        this.database = service.database(DATABASE);
        service.registerTransactionEventListener(DATABASE, gate);
    }

    /**
     * Opens the graph in a folder, which is created if need be.
     *
     * @throws GraphException when the folder cannot be used, or another process holds it
     */
    public static EmbeddedGraph open(Path folder) {
        return open(folder, null);
    }

    /**
     * Where other programs of this machine reach the graph over Bolt.
     *
     * @param port of the loopback interface
     * @param password of the user {@code neo4j}; at least eight characters
     */
    public record Bolt(int port, String password) {
        /** The name of the one user. */
        public static final String USER = "neo4j";
    }

    /**
     * Opens the graph and lets other programs of this machine reach it.
     *
     * @param bolt null for nobody
     */
    public static EmbeddedGraph open(Path folder, @Nullable Bolt bolt) {
        try {
            PrivateFiles.folder(folder);
        } catch (IOException e) {
            throw new GraphException(
                    "Cannot create the graph's folder " + folder + ": " + e.getMessage()
                            + ". Choose another one with --data.",
                    e);
        }
        removeHalfFilled(folder);
        EmbeddedGraph graph = start(folder, bolt, false);
        if (graph == null) {
            // A full disk can tear the last entry of Neo4j's log, which Neo4j then takes for damage.
            graph = start(folder, bolt, true);
            if (graph == null) {
                throw cannotOpen(folder, null);
            }
            System.getLogger(EmbeddedGraph.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "The end of the graph's log was damaged, as after a full disk. All that was stored whole is"
                                    + " kept; import again to add the rest.");
        }
        return graph;
    }

    /**
     * Starts Neo4j; null when the database does not come up.
     *
     * @param cutLog whether to drop what cannot be read at the end of the log
     */
    private static @Nullable EmbeddedGraph start(Path folder, @Nullable Bolt bolt, boolean cutLog) {
        DatabaseManagementServiceBuilder builder = new DatabaseManagementServiceBuilder(folder)
                .setConfig(GraphDatabaseInternalSettings.fail_on_corrupted_log_files, !cutLog)
                .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE_BYTES)
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "keep_none")
                .setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, 64L << 20)
                .setConfig(GraphDatabaseSettings.memory_tracking, false)
                .setConfig(GraphDatabaseSettings.check_point_iops_limit, -1)
                // Nothing may leave this machine: no usage report, no discovery, no LOAD CSV from anywhere.
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(GraphDatabaseInternalSettings.udc_network_enabled, false)
                .setConfig(GraphDatabaseSettings.allow_file_urls, false)
                .setConfig(
                        GraphDatabaseInternalSettings.cypher_ip_blocklist,
                        List.of(new IPAddressString("0.0.0.0/0"), new IPAddressString("::/0")))
                .setConfig(BoltConnector.enable_discovery, false)
                .setConfig(BoltConnector.enabled, bolt != null);
        if (bolt != null) {
            builder.setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", bolt.port))
                    .setConfig(BoltConnector.advertised_address, new SocketAddress("127.0.0.1", bolt.port))
                    .setConfig(GraphDatabaseSettings.auth_enabled, true);
        }
        DatabaseManagementService service;
        try {
            service = builder.build();
        } catch (RuntimeException e) {
            throw cannotOpen(folder, e);
        }
        try {
            EmbeddedGraph graph = new EmbeddedGraph(folder, service);
            // The service recovers before it returns, so what is not up now stays down.
            if (!graph.database.isAvailable(TimeUnit.SECONDS.toMillis(10))) {
                service.shutdown();
                return null;
            }
            if (bolt != null) {
                service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                        .executeTransactionally(
                                "ALTER USER " + Bolt.USER + " SET PASSWORD $password CHANGE NOT REQUIRED",
                                Map.of("password", bolt.password));
            }
            return graph;
        } catch (RuntimeException e) {
            service.shutdown();
            throw e instanceof GraphException ? e : cannotOpen(folder, e);
        }
    }

    private static GraphException cannotOpen(Path folder, @Nullable RuntimeException cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            String text = String.valueOf(e.getMessage());
            if (e.getClass().getSimpleName().contains("FileLock") || text.contains("lock file")) {
                return inUse(folder, cause);
            }
            if (text.contains("No space left")) {
                return diskFull(folder, cause);
            }
        }
        return new GraphException(
                "The graph at " + folder + " does not open. Its log is " + folder.resolve("logs/debug.log")
                        + "; run with --debug for details.",
                cause);
    }

    private static GraphException diskFull(Path folder, @Nullable Throwable cause) {
        return new GraphException(
                "The disk that holds " + folder
                        + " is full. What was stored before is safe; free some space and run the same command again.",
                cause);
    }

    @Override
    public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
        try (Transaction transaction = database.beginTx();
                Result result = transaction.execute(cypher, GraphValues.parameters(parameters))) {
            QueryExecutionType.QueryType type = result.getQueryExecutionType().queryType();
            if (type != QueryExecutionType.QueryType.READ_ONLY) {
                throw new GraphException(
                        "This statement would change the graph, and only reading is allowed here.", null);
            }
            while (result.hasNext()) {
                rows.accept(EmbeddedRows.row(result.next()));
            }
        } catch (QueryExecutionException e) {
            throw wrong(e);
        }
    }

    private static GraphException wrong(QueryExecutionException e) {
        return new GraphException("The Cypher statement failed: " + firstLine(e.getMessage()), e);
    }

    static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("unknown reason");
    }

    @Override
    public <T> T write(Function<GraphTransaction, T> work) {
        try (Transaction transaction = database.beginTx()) {
            T result = work.apply(new EmbeddedTransaction(transaction));
            transaction.commit();
            return result;
        } catch (QueryExecutionException e) {
            throw wrong(e);
        } catch (GraphException e) {
            throw e;
        } catch (RuntimeException e) {
            throw notStored(e);
        }
    }

    GraphException notStored(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("No space left")) {
                return diskFull(folder, e);
            }
        }
        return new GraphException("The graph could not store a batch: " + firstLine(e.getMessage()), e);
    }

    private record EmbeddedTransaction(Transaction transaction) implements GraphTransaction {
        @Override
        public Outcome run(String cypher, Map<String, ?> parameters) {
            List<Row> rows = new ArrayList<>();
            try (Result result = transaction.execute(cypher, GraphValues.parameters(parameters))) {
                while (result.hasNext()) {
                    rows.add(EmbeddedRows.row(result.next()));
                }
                return new Outcome(rows, result.getQueryStatistics().getNodesCreated());
            }
        }

        @Override
        public Applied apply(Mutations mutations) {
            return new KernelWriter((InternalTransaction) transaction).apply(mutations);
        }
    }

    @Override
    public void changeSchema(String cypher) {
        try {
            database.executeTransactionally(cypher);
        } catch (QueryExecutionException e) {
            throw wrong(e);
        }
    }

    @Override
    public void awaitIndexes() {
        try (Transaction transaction = database.beginTx()) {
            transaction.schema().awaitIndexesOnline(2, TimeUnit.HOURS);
        }
        database.executeTransactionally("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()");
    }

    @Override
    public Load load(long rows) {
        boolean empty = rows >= LEAST_ROWS_TO_FILL
                && read("MATCH (n) WHERE NOT n:AvatarSystem RETURN n.id AS id LIMIT 1", Map.of())
                        .isEmpty();
        return empty ? new OfflineLoad(this, rows) : new PlainLoad(this);
    }

    @Override
    public Still still() {
        gate.shut();
        try {
            ((GraphDatabaseAPI) database)
                    .getDependencyResolver()
                    .resolveDependency(CheckPointer.class)
                    .forceCheckPoint(new SimpleTriggerInfo("copy"));
            return gate::open;
        } catch (IOException e) {
            gate.open();
            throw notStored(e);
        }
    }

    Path home() {
        return folder;
    }

    /** Stops the database and removes its files, for the offline importer to write others with the same page cache. */
    PageCache takeOffline() {
        gate.enter();
        try {
            PageCache pages =
                    ((GraphDatabaseAPI) database).getDependencyResolver().resolveDependency(PageCache.class);
            Files.createFile(folder.resolve(FILLING));
            kernelDatabase().stop();
            removeStore(folder);
            return pages;
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    void bringOnline() {
        kernelDatabase().start();
    }

    /** Community Edition cannot stop and start a database by command, but its kernel can. */
    private Database kernelDatabase() {
        return ((GraphDatabaseAPI) database).getDependencyResolver().resolveDependency(Database.class);
    }

    /** Notes that the store which the offline importer wrote is whole. */
    void filled() {
        try {
            Files.delete(folder.resolve(FILLING));
            gate.leave();
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    /** Removes a store that was not completed and starts with an empty one. */
    void discard() {
        try {
            if (database.isAvailable(0)) {
                kernelDatabase().stop();
            }
            removeStore(folder);
            bringOnline();
            filled();
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private static void removeStore(Path folder) throws IOException {
        for (String part : List.of("data/databases", "data/transactions")) {
            Path store = folder.resolve(part).resolve(DATABASE);
            if (Files.exists(store)) {
                try (Stream<Path> paths = Files.walk(store)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
    }

    /**
     * Makes sure that nobody has the graph of a folder open.
     *
     * @throws GraphException when somebody has
     */
    public static void requireClosed(Path folder) {
        Path lock = folder.resolve(STORE_LOCK);
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw inUse(folder, null);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, e);
        } catch (IOException e) {
            throw cannotOpen(folder, new UncheckedIOException(e));
        }
    }

    private static GraphException inUse(Path folder, @Nullable RuntimeException cause) {
        return new GraphException(
                "The graph at " + folder + " is in use by another avatar process. Wait until it has"
                        + " finished, or stop it, and run the command again.",
                cause);
    }

    /** Removes what a process that died left half-written, unless one is still at it. */
    private static void removeHalfFilled(Path folder) {
        Path marker = folder.resolve(FILLING);
        if (!Files.exists(marker)) {
            return;
        }
        try (FileChannel lock = FileChannel.open(
                        folder.resolve(STORE_LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.tryLock()) {
            if (held != null) {
                removeStore(folder);
                Files.deleteIfExists(folder.resolve(OfflineImport.LINKS));
                Files.delete(marker);
            }
        } catch (OverlappingFileLockException e) {
            // This very process has it open; Neo4j will say so.
        } catch (IOException e) {
            throw cannotOpen(folder, new UncheckedIOException(e));
        }
    }

    @Override
    public String place() {
        return folder.toString();
    }

    /**
     * Closes the graph. On a full disk Neo4j tries to write for ever; as its log holds all that was stored, the process
     * may as well end without.
     *
     * @throws GraphException when the disk is full
     */
    @Override
    public void close() {
        Thread closing = Thread.ofPlatform().daemon().name("graph-close").start(service::shutdown);
        boolean interrupted = false;
        for (int full = 0; full < SECONDS_ON_FULL_DISK; ) {
            try {
                if (closing.join(Duration.ofSeconds(1))) {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return;
                }
            } catch (InterruptedException e) {
                interrupted = true; // closing comes first
            }
            full = hasRoom() ? 0 : full + 1;
        }
        throw diskFull(folder, null);
    }

    private boolean hasRoom() {
        try {
            return Files.getFileStore(folder).getUsableSpace() >= LEAST_ROOM_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
