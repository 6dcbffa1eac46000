package org.avatarengine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedGraphTest extends GraphContract {
    @TempDir
    static Path folder;

    private static final long MANY = 1_000_000;

    private static EmbeddedGraph graph;

    @BeforeAll
    static void open() {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    @Override
    Graph graph() {
        return graph;
    }

    @Test
    void twoProcessesCannotShareAFolder() {
        assertThatThrownBy(() -> EmbeddedGraph.open(folder.resolve("graph")))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("is in use by another avatar process");
    }

    @Test
    void loadCsvReachesNeitherTheNetworkNorFiles() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] csv = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, csv.length);
            exchange.getResponseBody().write(csv);
            exchange.close();
        });
        server.start();
        try {
            Path secret = Files.writeString(folder.resolve("secret.csv"), "a,b\n");
            for (String url : List.of(
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/x.csv",
                    secret.toUri().toString())) {
                assertThatThrownBy(() -> graph.read("LOAD CSV FROM $url AS row RETURN row", Map.of("url", url)))
                        .isInstanceOf(GraphException.class);
            }
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void cypherAndKernelWriteTheSameGraph() {
        graph.write(t -> t.apply(mixture("old")));
        graph.write(t -> t.apply(mixture("new")));
        List<String> byKernel = dump();
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        graph.write(t -> CypherWriter.apply(t, mixture("old")));
        graph.write(t -> CypherWriter.apply(t, mixture("new")));
        assertThat(dump()).isEqualTo(byKernel);
        assertThat(byKernel).hasSizeGreaterThan(20);
    }

    @Test
    void theOfflineImporterAndTransactionsStoreTheSameGraph() {
        graph.write(t -> t.apply(mixture("old")));
        graph.write(t -> t.apply(mixture("new")));
        graph.write(t -> t.run("MATCH (p:Person {id: 'p1'}) SET p.seen = 2", Map.of()));
        List<String> plain = dump();
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        try (Graph.Load load = graph.load(MANY)) {
            assertThat(load).isInstanceOf(OfflineLoad.class);
            assertThat(load.store(mixture("old"), seen(1)).created(NodeLabel.MESSAGE))
                    .isEqualTo(6);
            assertThat(load.store(mixture("new"), seen(2)).created(NodeLabel.MESSAGE))
                    .isZero();
        }
        assertThat(dump()).isEqualTo(plain);
        assertThat(graph.read("SHOW INDEXES YIELD name RETURN name", Map.of()))
                .extracting(row -> row.text("name"))
                .contains(Schema.MESSAGE_TEXT, "message_id");
        assertThat(graph.load(MANY)).isInstanceOf(PlainLoad.class);
    }

    private static BiFunction<GraphTransaction, Applied, Applied> seen(int times) {
        return (transaction, applied) -> {
            transaction.run("MATCH (p:Person {id: 'p1'}) SET p.seen = $times", Map.of("times", times));
            return Applied.NOTHING;
        };
    }

    @Test
    void aFailedOfflineImportLeavesAUsableEmptyGraph() {
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        Mutations wrong = new Mutations();
        wrong.node(NodeLabel.MESSAGE, "m").put("text", new Object());
        assertThatThrownBy(() -> {
                    try (Graph.Load load = graph.load(MANY)) {
                        load.store(mixture("old"), seen(1));
                        load.store(wrong, seen(2));
                    }
                })
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("cannot store");
        assertThat(dump()).isEmpty();
        assertThat(folder.resolve("graph")).isDirectoryNotContaining("glob:**/{filling,links.tmp}");
        graph.write(t -> t.apply(mixture("old")));
        assertThat(dump()).isNotEmpty();
    }

    /** An offline import ends with a commit. That commit must not wait for a pause that itself waits for the end. */
    @Test
    @Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aWritePauseWaitsForTheEndOfAnOfflineImport() throws Exception {
        for (int round = 0; round < 3; round++) {
            graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
            AtomicBoolean paused = new AtomicBoolean();
            Thread copying = new Thread(() -> {
                try (Graph.WritePause _ = graph.pauseWrites()) {
                    paused.set(true);
                }
            });
            try (Graph.Load load = graph.load(MANY)) {
                assertThat(load).isInstanceOf(OfflineLoad.class);
                load.store(mixture("old"), seen(1));
                copying.start();
                while (copying.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                assertThat(paused).isFalse();
            }
            copying.join();
            assertThat(paused).isTrue();
            graph.write(t -> t.run("MATCH (p:Person {id: 'p1'}) SET p.seen = 3", Map.of()));
        }
    }

    @Test
    void aKilledOfflineImportStartsAgainWithAnEmptyGraph() throws Exception {
        Path home = folder.resolve("killed");
        try (EmbeddedGraph killed = EmbeddedGraph.open(home)) {
            Schema.migrate(killed);
        }
        // The state after kill -9: the marker, an incomplete store, links.
        Files.createFile(home.resolve("filling"));
        Files.write(home.resolve("links.tmp"), new byte[90]);
        Files.write(home.resolve("data/databases/neo4j/neostore"), new byte[8]);
        try (EmbeddedGraph again = EmbeddedGraph.open(home)) {
            assertThat(home).isDirectoryNotContaining("glob:**/{filling,links.tmp}");
            Schema.migrate(again);
            again.write(t -> t.apply(mixture("old")));
            assertThat(again.read("MATCH (m:Message) RETURN m.id AS id", Map.of()))
                    .hasSize(6);
        }
    }

    /** People, a group, messages with replies, a message stored twice, and links to missing nodes. */
    private static Mutations mixture(String text) {
        Mutations m = new Mutations();
        for (int p = 0; p < 4; p++) {
            m.node(NodeLabel.PERSON, "p" + p).put("name", p == 3 ? null : "P" + p);
            m.link(NodeLabel.PERSON, "p" + p, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, "c");
        }
        m.node(NodeLabel.CONVERSATION, Labels.GROUP_CHAT, "c").put("name", "group");
        for (int i = 0; i < 6; i++) {
            m.node(NodeLabel.MESSAGE, "m" + i)
                    .put("text", text + i)
                    .put("subject", text.equals("old") ? "subject" : null)
                    .put("sentAt", java.time.Instant.ofEpochSecond(1_700_000_000L + i));
            m.link(NodeLabel.PERSON, "p" + i % 4, RelationshipTypes.SENT, NodeLabel.MESSAGE, "m" + i);
            m.link(NodeLabel.MESSAGE, "m" + i, RelationshipTypes.SENT_TO, NodeLabel.CONVERSATION, "c");
            m.link(NodeLabel.MESSAGE, "m" + i, RelationshipTypes.REPLIES_TO, NodeLabel.MESSAGE, "m" + (i - 1))
                    .put("part", i);
        }
        m.node(NodeLabel.MESSAGE, "m2").put("text", text + " again");
        m.link(NodeLabel.PERSON, "p2", RelationshipTypes.SENT, NodeLabel.MESSAGE, "m2");
        return m;
    }

    private static List<String> dump() {
        List<String> lines = new java.util.ArrayList<>();
        graph.read(
                "MATCH (n) WHERE NOT n:AvatarSystem RETURN n ORDER BY labels(n)[0], n.id",
                Map.of(),
                row -> lines.add(String.valueOf(row.values().get("n"))));
        graph.read(
                "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, properties(r) AS p, b.id AS b ORDER BY a, t, b",
                Map.of(),
                row -> lines.add(row.values().toString()));
        return lines;
    }
}
