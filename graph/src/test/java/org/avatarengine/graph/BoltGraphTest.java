package org.avatarengine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.failure.GraphException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.exceptions.ServiceUnavailableException;

/** Runs the contract over a real Bolt endpoint: Neo4j's own server on a loopback port. */
class BoltGraphTest extends GraphContract {
    @TempDir
    static Path folder;

    private static EmbeddedGraph server;
    private static BoltGraph graph;

    @BeforeAll
    static void open() throws IOException {
        int port = freePort();
        server = EmbeddedGraph.open(folder, new EmbeddedGraph.Bolt(port, "a long password"));
        graph = BoltGraph.connect(
                URI.create("neo4j://127.0.0.1:" + port), AuthTokens.basic("neo4j", "a long password"));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void close() {
        graph.close();
        server.close();
    }

    @Override
    Graph graph() {
        return graph;
    }

    @Test
    void anUnreachableServerIsNamedInTheError() throws IOException {
        URI nobody = URI.create("bolt://127.0.0.1:" + freePort());
        assertThatThrownBy(() -> BoltGraph.connect(nobody, AuthTokens.none()))
                .isInstanceOf(GraphException.class)
                .hasMessageStartingWith("No Neo4j server answers at " + nobody);
    }

    @Test
    void anAddressWithAnotherSchemeIsRefused() {
        assertThatThrownBy(() -> BoltGraph.connect(URI.create("http://127.0.0.1:1"), AuthTokens.none()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("Use an address like neo4j://host:7687");
    }

    @Test
    void rowsAreNotPassedOnTwiceWhenTheDriverRetries() {
        AtomicInteger rows = new AtomicInteger();
        assertThatThrownBy(() -> graph.read("UNWIND range(1, 3) AS i RETURN i", Map.of(), row -> {
                    rows.incrementAndGet();
                    throw new ServiceUnavailableException("simulates a lost connection");
                }))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("lost while reading an answer");
        assertThat(rows).hasValue(1);
    }
}
