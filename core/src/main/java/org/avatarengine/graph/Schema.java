package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.failure.GraphException;

/**
 * The graph's constraints and indexes, in numbered migrations. The number reached is stored in the graph, on the node
 * {@code (:AvatarSystem {id: 'schema'})}; a graph made by a newer program is left alone.
 */
public final class Schema {
    /** The full-text index over the text of messages. */
    public static final String MESSAGE_TEXT = "message_text";

    /** The full-text index over passages. */
    public static final String PASSAGE_TEXT = "passage_text";

    /** The vector index over passages, which can be searched within a part of one conversation. */
    public static final String PASSAGE_VECTOR = "passage_vector";

    private static final String CONSTRAINT = "CREATE CONSTRAINT ";

    /**
     * Each migration is one statement list. Statements can run again without harm, since a process can die between
     * them.
     */
    private static final List<List<String>> MIGRATIONS = List.of(
            messageTextThenUniqueIds(),
            List.of("CREATE INDEX person_name IF NOT EXISTS FOR (p:Person) ON (p.name)"),
            List.of(unique("EntityMapping"), unique("SemanticCluster")),
            List.of(unique("Enrichment"), unique("Claim"), unique("Fact")),
            memory(),
            vectorsByPeriod(),
            List.of(unique("Exclusion")),
            List.of(unique("Transcript"), unique("Speaker")));

    private Schema() {}

    /** The full-text index comes first: over many messages, it is built in the background while the others are. */
    private static List<String> messageTextThenUniqueIds() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE FULLTEXT INDEX " + MESSAGE_TEXT + " IF NOT EXISTS FOR (m:Message) ON EACH [m.text]"
                + " OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words',"
                + " `fulltext.eventually_consistent`: true}}");
        for (NodeLabel label : NodeLabel.values()) {
            statements.add(unique(label.cypher()));
        }
        statements.add(unique("AvatarSystem"));
        return List.copyOf(statements);
    }

    /** Needs Neo4j 2026.01 or newer: only there can a vector index be searched within one conversation. */
    private static List<String> memory() {
        return List.of(
                unique("Passage"),
                unique("Term"),
                "CREATE INDEX passage_number IF NOT EXISTS FOR (p:Passage) ON (p.conversation, p.number)",
                "CREATE FULLTEXT INDEX " + PASSAGE_TEXT + " IF NOT EXISTS FOR (p:Passage) ON EACH [p.text, p.scope]"
                        + " OPTIONS {indexConfig: {`fulltext.analyzer`: 'english',"
                        + " `fulltext.eventually_consistent`: true}}");
    }

    /** Passages of version 5 have no period; they are taken for new. */
    private static List<String> vectorsByPeriod() {
        return List.of(
                "DROP INDEX " + PASSAGE_VECTOR + " IF EXISTS",
                "CYPHER 25 CREATE VECTOR INDEX " + PASSAGE_VECTOR + " IF NOT EXISTS FOR (p:Passage) ON p.vector"
                        + " WITH [p.conversation, p.period] OPTIONS {indexConfig: {`vector.dimensions`: 384,"
                        + " `vector.similarity_function`: 'cosine'}}");
    }

    /** The names of all constraints that the newest schema has. */
    public static List<String> constraints() {
        return MIGRATIONS.stream()
                .flatMap(List::stream)
                .filter(statement -> statement.startsWith(CONSTRAINT))
                .map(statement -> statement.substring(CONSTRAINT.length(), statement.indexOf(' ', CONSTRAINT.length())))
                .distinct()
                .toList();
    }

    private static String unique(String label) {
        String name = label.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT) + "_id";
        return CONSTRAINT + name + " IF NOT EXISTS FOR (n:" + label + ") REQUIRE n.id IS UNIQUE";
    }

    /** The number of the newest migration. */
    public static int version() {
        return MIGRATIONS.size();
    }

    /**
     * Brings a graph to the newest schema.
     *
     * @throws GraphException when a newer program made the graph
     */
    public static void migrate(Graph graph) {
        int reached = 0;
        for (Row row : graph.read("MATCH (s:AvatarSystem {id: 'schema'}) RETURN s.version AS version", Map.of())) {
            reached = (int) row.number("version");
        }
        if (reached > version()) {
            throw new GraphException(
                    "The graph at " + graph.place() + " has schema version " + reached + ", made by a newer program;"
                            + " this one knows versions up to " + version() + ". Install the newer program.",
                    null);
        }
        for (int next = reached + 1; next <= version(); next++) {
            MIGRATIONS.get(next - 1).forEach(graph::changeSchema);
            long number = next;
            graph.write(transaction -> transaction.run(
                    "MERGE (s:AvatarSystem {id: 'schema'}) SET s.version = $version, s.migratedAt = datetime()",
                    Map.of("version", number)));
        }
        if (reached < version()) {
            graph.awaitIndexes();
        }
    }
}
