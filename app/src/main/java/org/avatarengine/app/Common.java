package org.avatarengine.app;

import java.net.URI;
import java.nio.file.Path;
import org.avatarengine.graph.BoltGraph;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthTokens;
import picocli.CommandLine.Option;

/** Options that all commands share: where the data is, and how to print. */
final class Common {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of all stored data (default: $AVATAR_DATA, or ~/.avatar-engine).")
    @Nullable
    Path data;

    @Option(
            names = "--graph",
            paramLabel = "URI",
            description = "A Neo4j server, such as neo4j://localhost:7687, instead of the embedded graph (default:"
                    + " $AVATAR_GRAPH). Credentials come from NEO4J_USERNAME and NEO4J_PASSWORD.")
    @Nullable
    String graph;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Option(names = "--debug", description = "Show where an error comes from.")
    boolean debug;

    Path dataFolder() {
        if (data != null) {
            return data;
        }
        String set = System.getenv("AVATAR_DATA");
        return set != null && !set.isBlank()
                ? Path.of(set)
                : Path.of(System.getProperty("user.home"), ".avatar-engine");
    }

    /** Opens the graph and brings its schema up to date. */
    Graph openGraph() {
        Graph opened = open();
        try {
            Schema.migrate(opened);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private Graph open() {
        String uri = graph != null ? graph : System.getenv("AVATAR_GRAPH");
        if (uri == null || uri.isBlank()) {
            return EmbeddedGraph.open(dataFolder().resolve("graph"));
        }
        String user = System.getenv("NEO4J_USERNAME");
        String password = System.getenv("NEO4J_PASSWORD");
        try {
            return BoltGraph.connect(
                    URI.create(uri),
                    password == null ? AuthTokens.none() : AuthTokens.basic(user == null ? "neo4j" : user, password));
        } catch (IllegalArgumentException e) {
            throw new InputException("--graph " + uri + " is no address. Give it as neo4j://host:7687.");
        }
    }
}
