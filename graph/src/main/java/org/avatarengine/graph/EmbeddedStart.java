package org.avatarengine.graph;

import inet.ipaddr.IPAddressString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.avatarengine.failure.GraphException;
import org.jspecify.annotations.Nullable;
import org.neo4j.collection.Dependencies;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilderImplementation;
import org.neo4j.logging.internal.NullLogService;

/**
 * Opens an embedded graph: removes or finishes what a dead process left behind, and starts Neo4j with the settings of
 * this program.
 */
final class EmbeddedStart {
    private static final long PAGE_CACHE_BYTES = 192L << 20;

    private EmbeddedStart() {}

    static EmbeddedGraph open(Path folder, EmbeddedGraph.@Nullable Bolt bolt) {
        StoreFolder store = new StoreFolder(folder);
        store.create();
        store.removeHalfFilled();
        store.completeCompaction();
        EmbeddedGraph graph = startRecovered(store, bolt);
        if (graph.lacksWhatItCounts()) {
            graph.close();
            throw store.damaged(null);
        }
        return graph;
    }

    private static EmbeddedGraph startRecovered(StoreFolder store, EmbeddedGraph.@Nullable Bolt bolt) {
        EmbeddedGraph graph = startCompacted(store, bolt);
        if (graph == null) {
            // A full disk can cut off the last entry of Neo4j's log. Neo4j then reports the log as corrupt.
            graph = start(store, bolt, true, false);
            if (graph == null) {
                throw store.cannotOpen(null);
            }
            System.getLogger(EmbeddedGraph.class.getName())
                    .log(
                            System.Logger.Level.ERROR,
                            "The end of the graph's log was damaged, probably by a full disk."
                                    + " All completed changes are kept. Import again to add the rest.");
        }
        return graph;
    }

    /** Starts Neo4j with the files of a compaction, or with the earlier ones if those cannot be used. */
    private static @Nullable EmbeddedGraph startCompacted(StoreFolder store, EmbeddedGraph.@Nullable Bolt bolt) {
        EmbeddedGraph graph = start(store, bolt, false, false);
        try {
            if (graph == null && Compaction.hasReplaced(store.path())) {
                Compaction.undo(store.path());
                return start(store, bolt, false, false);
            }
            if (graph != null) {
                Compaction.removeReplaced(store.path());
            }
            return graph;
        } catch (IOException e) {
            throw store.cannotOpen(new UncheckedIOException(e));
        }
    }

    /**
     * Starts Neo4j. Returns null when the database does not start.
     *
     * @param cutLog whether to drop unreadable entries at the end of the log
     * @param withoutLog whether to start even if the log is missing
     */
    private static @Nullable EmbeddedGraph start(
            StoreFolder folder, EmbeddedGraph.@Nullable Bolt bolt, boolean cutLog, boolean withoutLog) {
        Dependencies quiet = new Dependencies();
        // A log of its own takes time to set up, and could hold private data.
        quiet.satisfyDependency(NullLogService.getInstance());
        DatabaseManagementServiceBuilderImplementation builder = new DatabaseManagementServiceBuilderImplementation(
                        folder.path())
                .setExternalDependencies(quiet)
                .setConfig(GraphDatabaseInternalSettings.fail_on_corrupted_log_files, !cutLog)
                .setConfig(GraphDatabaseSettings.fail_on_missing_files, !withoutLog)
                .setConfig(GraphDatabaseSettings.pagecache_memory, PAGE_CACHE_BYTES)
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "keep_none")
                .setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, 64L << 20)
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(GraphDatabaseSettings.filewatcher_enabled, false)
                .setConfig(GraphDatabaseInternalSettings.dump_diagnostics, false)
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
            builder.setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", bolt.port()))
                    .setConfig(BoltConnector.advertised_address, new SocketAddress("127.0.0.1", bolt.port()))
                    .setConfig(GraphDatabaseSettings.auth_enabled, true);
        }
        DatabaseManagementService service;
        try {
            service = builder.build();
        } catch (RuntimeException e) {
            throw folder.cannotOpen(e);
        }
        try {
            EmbeddedGraph graph = new EmbeddedGraph(folder, service);
            // The service recovers before it returns, so a database that is not available now will not become
            // available.
            if (!graph.isAvailable(TimeUnit.SECONDS.toMillis(10))) {
                service.shutdown();
                return null;
            }
            if (bolt != null) {
                service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME)
                        .executeTransactionally(
                                "ALTER USER " + EmbeddedGraph.Bolt.USER + " SET PASSWORD $password CHANGE NOT REQUIRED",
                                Map.of("password", bolt.password()));
            }
            return graph;
        } catch (RuntimeException e) {
            service.shutdown();
            throw e instanceof GraphException ? e : folder.cannotOpen(e);
        }
    }

    /**
     * Opens a damaged store as far as that is possible: without its log, and without unreadable entries. Returns null if
     * it does not open.
     */
    static @Nullable EmbeddedGraph openDamaged(Path folder) {
        try {
            return start(new StoreFolder(folder), null, true, true);
        } catch (GraphException e) {
            return null;
        }
    }
}
