package org.avatarengine.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.vocabulary.CypherName;
import org.jspecify.annotations.Nullable;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.QueryExecutionException;
import org.neo4j.graphdb.QueryExecutionType;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;
import org.neo4j.internal.id.IdGeneratorFactory;
import org.neo4j.internal.kernel.api.Read;
import org.neo4j.internal.recordstorage.RecordIdType;
import org.neo4j.io.pagecache.PageCache;
import org.neo4j.kernel.database.Database;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.kernel.impl.transaction.log.checkpoint.CheckPointer;
import org.neo4j.kernel.impl.transaction.log.checkpoint.SimpleTriggerInfo;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/** Neo4j Community inside this process, in its own folder. Only one process at a time can use the folder. */
public final class EmbeddedGraph implements Graph {
    static final String DATABASE = "neo4j";

    private static final int SECONDS_ON_FULL_DISK = 10;

    /** With fewer rows, restarting the database for the offline importer takes longer than it saves. */
    private static final long LEAST_ROWS_TO_FILL = 20_000;

    private final StoreFolder folder;
    private final DatabaseManagementService service;
    private final GraphDatabaseService database;
    private final CommitGate gate = new CommitGate();

    EmbeddedGraph(StoreFolder folder, DatabaseManagementService service) {
        this.folder = folder;
        this.service = service;
        this.database = service.database(DATABASE);
        service.registerTransactionEventListener(DATABASE, gate);
    }

    /**
     * Opens the graph in a folder. Creates the folder if it does not exist.
     *
     * @throws GraphException when the folder cannot be used, or another process is using it
     */
    public static EmbeddedGraph open(Path folder) {
        return open(folder, null);
    }

    /**
     * How other programs on this computer can reach the graph over Bolt.
     *
     * @param port on the loopback interface, 1 to 65535
     * @param password for the user {@code neo4j}, at least eight characters
     */
    public record Bolt(int port, String password) {
        /** The name of the only user. */
        public static final String USER = "neo4j";
    }

    /**
     * Opens the graph and makes it available to other programs on this computer.
     *
     * @param bolt null to keep the graph closed to other programs
     * @throws GraphException when the folder cannot be used, or another process is using it
     */
    public static EmbeddedGraph open(Path folder, @Nullable Bolt bolt) {
        return EmbeddedStart.open(folder, bolt);
    }

    @Override
    public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
        try (Transaction transaction = database.beginTx();
                Result result = transaction.execute(cypher, GraphValues.parameters(parameters))) {
            QueryExecutionType.QueryType type = result.getQueryExecutionType().queryType();
            if (type != QueryExecutionType.QueryType.READ_ONLY) {
                throw new GraphException("This statement would change the graph. Only reading is allowed here.", null);
            }
            for (Map<String, Object> row = next(result); row != null; row = next(result)) {
                rows.accept(EmbeddedRows.row(row));
            }
        } catch (QueryExecutionException e) {
            throw failed(e);
        }
    }

    @Override
    public @Nullable Row node(CypherName label, String id) {
        try (Transaction transaction = database.beginTx()) {
            Node node = transaction.findNode(Label.label(label.text()), "id", id);
            return node == null ? null : EmbeddedRows.row(node.getAllProperties());
        } catch (RuntimeException e) {
            throw folder.damaged(e);
        }
    }

    /** The next row, or null. What fails here in another way than a wrong statement is a damaged store. */
    private @Nullable Map<String, Object> next(Result result) {
        try {
            return result.hasNext() ? result.next() : null;
        } catch (QueryExecutionException e) {
            throw isDamage(e) ? folder.damaged(e) : e;
        } catch (RuntimeException e) {
            throw folder.damaged(e);
        }
    }

    private static boolean isDamage(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String name = e.getClass().getName();
            if (name.startsWith("org.neo4j.kernel.impl.store.")
                    || name.startsWith("org.neo4j.io.pagecache.")
                    || name.contains("UnderlyingStorage")
                    || name.contains("InvalidRecord")
                    || name.contains("NotInUse")
                    || name.contains("TreeInconsistency")) {
                return true;
            }
        }
        return false;
    }

    private static GraphException failed(QueryExecutionException e) {
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
            throw failed(e);
        } catch (GraphException e) {
            throw e;
        } catch (RuntimeException e) {
            throw folder.notStored(e);
        }
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
            throw failed(e);
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
        if (rows < LEAST_ROWS_TO_FILL || !isEmpty()) {
            return new PlainLoad(this);
        }
        gate.beginFilling();
        boolean fills = false;
        try {
            // Another thread may have stored something before the gate closed.
            if (!isEmpty()) {
                return new PlainLoad(this);
            }
            Load load = new OfflineLoad(this, rows);
            fills = true;
            return load;
        } finally {
            if (!fills) {
                gate.endFilling();
            }
        }
    }

    private boolean isEmpty() {
        return read("MATCH (n) WHERE NOT n:AvatarSystem RETURN n.id AS id LIMIT 1", Map.of())
                .isEmpty();
    }

    @Override
    public WritePause pauseWrites() {
        gate.shut();
        try {
            ((GraphDatabaseAPI) database)
                    .getDependencyResolver()
                    .resolveDependency(CheckPointer.class)
                    .forceCheckPoint(new SimpleTriggerInfo("copy"));
            return gate::open;
        } catch (IOException e) {
            gate.open();
            throw folder.notStored(e);
        }
    }

    /** The largest number of nodes and of relationships that the store may hold. */
    long highest(boolean relationships) {
        return ((GraphDatabaseAPI) database)
                .getDependencyResolver()
                .resolveDependency(IdGeneratorFactory.class)
                .get(relationships ? RecordIdType.RELATIONSHIP : RecordIdType.NODE)
                .getHighId();
    }

    /**
     * Whether nodes or relationships are counted of which none is there. The store's main files were then emptied or
     * exchanged; it must not be written to, because it would look like a new one.
     */
    boolean lacksWhatItCounts() {
        try (Transaction transaction = database.beginTx();
                var nodes = transaction.getAllNodes().iterator();
                var relationships = transaction.getAllRelationships().iterator()) {
            Read counts =
                    ((InternalTransaction) transaction).kernelTransaction().dataRead();
            return counts.nodesGetCount() > 0 && !nodes.hasNext()
                    || counts.relationshipsGetCount() > 0 && !relationships.hasNext();
        }
    }

    /** A transaction for reading everything. */
    Transaction begin() {
        return database.beginTx();
    }

    PageCache pages() {
        return ((GraphDatabaseAPI) database).getDependencyResolver().resolveDependency(PageCache.class);
    }

    /** Whether the database is available within a time. */
    boolean isAvailable(long milliseconds) {
        return database.isAvailable(milliseconds);
    }

    StoreFolder folder() {
        return folder;
    }

    /** Stops the database and removes its files. The offline importer then writes new ones with the same page cache. */
    PageCache takeOffline() {
        boolean marked = false;
        try {
            PageCache pages = pages();
            folder.markFilling();
            marked = true;
            kernelDatabase().stop();
            folder.removeStore();
            return pages;
        } catch (IOException | RuntimeException e) {
            GraphException failure = folder.notStored(e);
            if (marked) {
                try {
                    discard();
                } catch (RuntimeException again) {
                    failure.addSuppressed(again);
                }
            }
            throw failure;
        }
    }

    /** Starts the database with the imported files. Only the current thread can commit until the filling ends. */
    void bringOnline() {
        kernelDatabase().start();
        gate.letFillerCommit();
    }

    /** Community Edition has no command to stop and start a database, but its kernel can do it. */
    private Database kernelDatabase() {
        return ((GraphDatabaseAPI) database).getDependencyResolver().resolveDependency(Database.class);
    }

    /** Records that the imported store is complete, and allows all commits again. */
    void filled() {
        try {
            folder.markFilled();
        } catch (IOException e) {
            throw folder.notStored(e);
        }
        gate.endFilling();
    }

    /** Removes an incomplete store and starts with an empty one. Ends the filling in any case. */
    void discard() {
        try {
            if (database.isAvailable(0)) {
                kernelDatabase().stop();
            }
            folder.removeStore();
            bringOnline();
            Schema.migrate(this);
            folder.markFilled();
        } catch (IOException e) {
            throw folder.notStored(e);
        } finally {
            gate.endFilling();
        }
    }

    /**
     * Checks that no process has the graph in this folder open.
     *
     * @throws GraphException when a process has it open
     */
    public static void requireClosed(Path folder) {
        new StoreFolder(folder).requireClosed();
    }

    @Override
    public String place() {
        return folder.path().toString();
    }

    /**
     * Closes the graph. On a full disk Neo4j retries its writes forever. Its log already holds all stored data, so the
     * process can end without them.
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
                interrupted = true; // restored after closing
            }
            full = folder.hasRoom() ? 0 : full + 1;
        }
        throw folder.diskFull(null);
    }
}
