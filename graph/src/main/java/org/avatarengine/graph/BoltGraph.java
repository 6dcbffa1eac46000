package org.avatarengine.graph;

import java.net.URI;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.failure.GraphException;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.summary.QueryType;
import org.neo4j.driver.types.Entity;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Relationship;

/** Any Neo4j server or cluster, over the Bolt protocol. The driver retries a transaction after a transient failure. */
public final class BoltGraph implements Graph {
    private final URI uri;
    private final Driver driver;
    private final String database;

    private BoltGraph(URI uri, Driver driver, String database) {
        this.uri = uri;
        this.driver = driver;
        this.database = database;
    }

    /**
     * The database that an address names in its path, such as {@code family} in {@code neo4j://localhost:7687/family}.
     *
     * @return empty for the server's default database
     */
    public static String database(URI uri) {
        String path = uri.getPath();
        return path == null ? "" : path.replaceFirst("^/", "").strip();
    }

    /** The address without the database, as the driver accepts it. */
    private static URI server(URI uri) {
        String whole = uri.toString();
        String path = uri.getRawPath();
        return path == null || path.isEmpty()
                ? uri
                : URI.create(whole.replace(uri.getRawAuthority() + path, uri.getRawAuthority()));
    }

    private SessionConfig session(AccessMode access) {
        SessionConfig.Builder session = SessionConfig.builder().withDefaultAccessMode(access);
        return (database.isEmpty() ? session : session.withDatabase(database)).build();
    }

    /**
     * Connects to a server by name and password.
     *
     * @param password null for a server without authentication
     * @throws GraphException as for {@link #connect(URI, AuthToken)}
     */
    public static BoltGraph connect(URI uri, String user, @Nullable String password) {
        return connect(uri, password == null ? AuthTokens.none() : AuthTokens.basic(user, password));
    }

    /** Whether the failure is transient: the server was busy or was electing a new leader, so a retry may succeed. */
    public static boolean mayPass(Throwable failure) {
        return failure.getCause() instanceof RetryableException;
    }

    /**
     * Connects to a server.
     *
     * @param uri {@code neo4j://}, {@code neo4j+s://}, {@code bolt://} or {@code bolt+s://} with host and port, and the
     *     name of a database if it is not the server's default one
     * @throws GraphException when the server does not answer, refuses the credentials, or has no such database
     */
    public static BoltGraph connect(URI uri, AuthToken credentials) {
        Driver driver;
        try {
            driver = GraphDatabase.driver(
                    server(uri),
                    credentials,
                    Config.builder().withTelemetryDisabled(true).build());
        } catch (Neo4jException | IllegalArgumentException e) {
            throw unusable(uri, e);
        }
        try {
            driver.verifyConnectivity();
            BoltGraph graph = new BoltGraph(uri, driver, database(uri));
            graph.requireDatabase();
            return graph;
        } catch (Neo4jException e) {
            driver.close();
            throw switch (e) {
                case AuthenticationException refused ->
                    new GraphException(
                            "The server at " + uri + " refused the credentials. Set NEO4J_USERNAME and NEO4J_PASSWORD.",
                            refused);
                case ServiceUnavailableException silent ->
                    new GraphException(
                            "No Neo4j server answers at " + uri
                                    + ". Start it, or check the address given with --graph.",
                            silent);
                default -> unusable(uri, e);
            };
        }
    }

    private void requireDatabase() {
        if (database.isEmpty()) {
            return;
        }
        try (Session session = driver.session(session(AccessMode.READ))) {
            session.run("RETURN 1").consume();
        } catch (ClientException e) {
            if (!String.valueOf(e.code()).contains("DatabaseNotFound")) {
                throw e;
            }
            driver.close();
            throw new GraphException(
                    "The server at " + server(uri) + " has no database \"" + database
                            + "\". Create it on the server, or" + " leave out /" + database
                            + " to use its default database.",
                    e);
        }
    }

    private static GraphException unusable(URI uri, RuntimeException cause) {
        return new GraphException(
                "Cannot use " + uri + " as a graph: " + EmbeddedGraph.firstLine(cause.getMessage())
                        + ". Use an address like neo4j://host:7687.",
                cause);
    }

    @Override
    public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
        try (Session session = driver.session(session(AccessMode.READ))) {
            AtomicBoolean started = new AtomicBoolean();
            session.executeRead(transaction -> {
                if (started.get()) {
                    // The driver retries after a transient failure, but rows already passed on cannot be taken back.
                    throw new GraphException(
                            "The connection to " + uri + " was lost while reading an answer."
                                    + " Run the same command again.",
                            null);
                }
                // A single server runs any statement in a read session, so the query plan is checked first.
                if (!readsOnly(transaction, cypher, parameters)) {
                    throw new GraphException(
                            "This statement would change the graph. Only reading is allowed here.", null);
                }
                Result result = transaction.run(cypher, GraphValues.parameters(parameters));
                while (result.hasNext()) {
                    started.set(true);
                    rows.accept(row(result.next()));
                }
                return true;
            });
        } catch (Neo4jException e) {
            throw failed(e);
        }
    }

    private static boolean readsOnly(TransactionContext transaction, String cypher, Map<String, ?> parameters) {
        String bare = cypher.strip();
        if (bare.regionMatches(true, 0, "SHOW ", 0, 5) || bare.regionMatches(true, 0, "EXPLAIN ", 0, 8)) {
            return true; // EXPLAIN does not accept these; they change nothing
        }
        return transaction
                        .run("EXPLAIN " + cypher, GraphValues.parameters(parameters))
                        .consume()
                        .queryType()
                == QueryType.READ_ONLY;
    }

    private GraphException failed(Neo4jException e) {
        if (e instanceof ServiceUnavailableException) {
            return new GraphException("The connection to " + uri + " was lost. Run the same command again.", e);
        }
        return new GraphException("The Cypher statement failed: " + EmbeddedGraph.firstLine(e.getMessage()), e);
    }

    @Override
    public <T> T write(Function<GraphTransaction, T> work) {
        try (Session session = driver.session(session(AccessMode.WRITE))) {
            return session.executeWrite(transaction -> work.apply(new BoltTransaction(transaction)));
        } catch (Neo4jException e) {
            throw failed(e);
        }
    }

    private record BoltTransaction(TransactionContext transaction) implements GraphTransaction {
        @Override
        public Outcome run(String cypher, Map<String, ?> parameters) {
            Result result = transaction.run(cypher, GraphValues.parameters(parameters));
            List<Row> rows = new ArrayList<>();
            while (result.hasNext()) {
                rows.add(row(result.next()));
            }
            return new Outcome(rows, result.consume().counters().nodesCreated());
        }

        @Override
        public Applied apply(Mutations mutations) {
            return CypherWriter.apply(this, mutations);
        }
    }

    @Override
    public void changeSchema(String cypher) {
        try (Session session = driver.session(session(AccessMode.WRITE))) {
            session.run(cypher).consume();
        } catch (Neo4jException e) {
            throw failed(e);
        }
    }

    @Override
    public void awaitIndexes() {
        try (Session session = driver.session(session(AccessMode.WRITE))) {
            session.run("CALL db.awaitIndexes(7200)").consume();
            session.run("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
                    .consume();
        } catch (Neo4jException e) {
            throw failed(e);
        }
    }

    /** Keeps the server's indexes, because other programs may be using them. */
    @Override
    public Load load(long rows) {
        return new PlainLoad(this);
    }

    @Override
    public String place() {
        return uri.toString();
    }

    @Override
    public void close() {
        driver.close();
    }

    private static Row row(Record record) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (String key : record.keys()) {
            plain.put(key, plain(record.get(key).asObject()));
        }
        return new Row(plain);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case ZonedDateTime time -> time.toInstant();
            case Node node -> {
                Map<String, @Nullable Object> map = properties(node);
                List<String> labels = new ArrayList<>();
                node.labels().forEach(labels::add);
                labels.sort(null);
                map.put("_labels", labels);
                yield map;
            }
            case Relationship relationship -> {
                Map<String, @Nullable Object> map = properties(relationship);
                map.put("_type", relationship.type());
                yield map;
            }
            case Path path -> {
                List<@Nullable Object> steps = new ArrayList<>();
                steps.add(plain(path.start()));
                path.forEach(segment -> {
                    steps.add(plain(segment.relationship()));
                    steps.add(plain(segment.end()));
                });
                yield steps;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> converted = new LinkedHashMap<>();
                map.forEach((k, v) -> converted.put(k.toString(), plain(v)));
                yield converted;
            }
            case List<?> items -> {
                List<@Nullable Object> list = new ArrayList<>();
                items.forEach(item -> list.add(plain(item)));
                yield list;
            }
            default -> value;
        };
    }

    private static Map<String, @Nullable Object> properties(Entity entity) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        entity.asMap().forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }
}
