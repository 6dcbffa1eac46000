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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedGraphTest extends GraphContract {
    @TempDir
    static Path folder;

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
    void aBulkLoadWritesTheSameGraphAndBringsTheIndexesBack() {
        graph.write(t -> t.apply(mixture("old")));
        graph.write(t -> t.apply(mixture("new")));
        List<String> plain = dump();
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        try (Graph.BulkLoad load = graph.bulkLoad()) {
            load.store(mixture("old"), List.of());
            load.store(new Mutations(), List.of(mixture("new")));
        }
        assertThat(dump()).isEqualTo(plain);
        assertThat(graph.read("SHOW INDEXES YIELD name RETURN name", Map.of()))
                .extracting(row -> row.text("name"))
                .contains(Schema.MESSAGE_TEXT, Schema.MESSAGE_ID);
    }

    @Test
    void partsThatGetInEachOthersWayAreStoredAllTheSame() {
        Mutations shared = new Mutations();
        for (int p = 0; p < 40; p++) {
            shared.node(NodeLabel.PERSON, "p" + p);
        }
        List<Mutations> parts = List.of(new Mutations(), new Mutations());
        for (int i = 0; i < 4000; i++) {
            // One part walks the people upwards, the other downwards, so their locks cross.
            Mutations part = parts.get(i % 2);
            part.node(NodeLabel.MESSAGE, "m" + i).put("row", i);
            String person = "p" + (i % 2 == 0 ? i / 2 % 40 : 39 - i / 2 % 40);
            part.link(NodeLabel.PERSON, person, "SENT", NodeLabel.MESSAGE, "m" + i);
        }
        Applied applied;
        try (Graph.BulkLoad load = graph.bulkLoad()) {
            applied = load.store(shared, parts);
        }
        assertThat(applied.created(NodeLabel.MESSAGE)).isEqualTo(4000);
        assertThat(graph.read("MATCH (:Person)-[s:SENT]->(:Message) RETURN count(s) AS n", Map.of())
                        .getFirst()
                        .number("n"))
                .isEqualTo(4000);
    }

    /** People, a group, messages with replies, a message told twice, and links that lead nowhere. */
    private static Mutations mixture(String text) {
        Mutations m = new Mutations();
        for (int p = 0; p < 4; p++) {
            m.node(NodeLabel.PERSON, "p" + p).put("name", p == 3 ? null : "P" + p);
            m.link(NodeLabel.PERSON, "p" + p, "MEMBER_OF", NodeLabel.CONVERSATION, "c");
        }
        m.node(NodeLabel.CONVERSATION, "GroupChat", "c").put("name", "group");
        for (int i = 0; i < 6; i++) {
            m.node(NodeLabel.MESSAGE, "m" + i)
                    .put("text", text + i)
                    .put("subject", text.equals("old") ? "subject" : null)
                    .put("sentAt", java.time.Instant.ofEpochSecond(1_700_000_000L + i));
            m.link(NodeLabel.PERSON, "p" + i % 4, "SENT", NodeLabel.MESSAGE, "m" + i);
            m.link(NodeLabel.MESSAGE, "m" + i, "SENT_TO", NodeLabel.CONVERSATION, "c");
            m.link(NodeLabel.MESSAGE, "m" + i, "REPLIES_TO", NodeLabel.MESSAGE, "m" + (i - 1))
                    .put("part", i);
        }
        m.node(NodeLabel.MESSAGE, "m2").put("text", text + " again");
        m.link(NodeLabel.PERSON, "p2", "SENT", NodeLabel.MESSAGE, "m2");
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
