package org.avatarengine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.Key;
import org.avatarengine.graph.vocabulary.Labels;

/**
 * The graph's constraints and indexes, as numbered migrations. The current number is stored in the graph, on the node
 * {@code (:AvatarSystem {id: 'schema'})}. A graph from a newer version of the program is not changed.
 */
public final class Schema {
    /** The full-text index over the text of messages. */
    public static final String MESSAGE_TEXT = "message_text";

    /** The full-text index over passages. */
    public static final String PASSAGE_TEXT = "passage_text";

    /** The vector index over passages, which can be searched within a period of one conversation. */
    public static final String PASSAGE_VECTOR = "passage_vector";

    private static final String CONSTRAINT = "CREATE CONSTRAINT ";

    /**
     * Each migration is a list of statements. Statements can run twice without harm, because the process can die
     * between them.
     */
    private static final List<List<String>> MIGRATIONS = List.of(
            messageTextThenUniqueIds(),
            List.of(Key.PERSON_NAME.create()),
            List.of(unique(Labels.ENTITY_MAPPING), unique(Labels.SEMANTIC_CLUSTER)),
            List.of(unique(Labels.ENRICHMENT), unique(Labels.CLAIM), unique(Labels.FACT)),
            memory(),
            vectorsByPeriod(),
            List.of(unique(Labels.EXCLUSION)),
            List.of(unique(Labels.TRANSCRIPT), unique(Labels.SPEAKER)),
            lookUps(),
            List.of(unique(Labels.TRAIT), unique(Labels.BOND)));

    private Schema() {}

    /** The full-text index comes first, because it is built in the background while the others are created. */
    private static List<String> messageTextThenUniqueIds() {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE FULLTEXT INDEX " + MESSAGE_TEXT + " IF NOT EXISTS FOR (m:Message) ON EACH [m.text]"
                + " OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words',"
                + " `fulltext.eventually_consistent`: true}}");
        for (NodeLabel label : NodeLabel.values()) {
            statements.add(unique(label.cypher()));
        }
        statements.add(unique(Labels.AVATAR_SYSTEM));
        return List.copyOf(statements);
    }

    /** Needs Neo4j 2026.01 or newer: older versions cannot search a vector index within one conversation. */
    private static List<String> memory() {
        return List.of(
                unique(Labels.PASSAGE),
                unique(Labels.TERM),
                Key.PASSAGE_NUMBER.create(),
                "CREATE FULLTEXT INDEX " + PASSAGE_TEXT + " IF NOT EXISTS FOR (p:Passage) ON EACH [p.text, p.scope]"
                        + " OPTIONS {indexConfig: {`fulltext.analyzer`: 'english',"
                        + " `fulltext.eventually_consistent`: true}}");
    }

    /** Passages of version 5 have no period; they are indexed again as new. */
    private static List<String> vectorsByPeriod() {
        return List.of(
                "DROP INDEX " + PASSAGE_VECTOR + " IF EXISTS",
                "CYPHER 25 CREATE VECTOR INDEX " + PASSAGE_VECTOR + " IF NOT EXISTS FOR (p:Passage) ON p.vector"
                        + " WITH [p.conversation, p.period] OPTIONS {indexConfig: {`vector.dimensions`: 384,"
                        + " `vector.similarity_function`: 'cosine'}}");
    }

    /** The names of all constraints in the newest schema. */
    public static List<String> constraints() {
        return MIGRATIONS.stream()
                .flatMap(List::stream)
                .filter(statement -> statement.startsWith(CONSTRAINT))
                .map(statement -> statement.substring(CONSTRAINT.length(), statement.indexOf(' ', CONSTRAINT.length())))
                .distinct()
                .toList();
    }

    private static List<String> lookUps() {
        List<String> statements = new ArrayList<>();
        statements.add(unique(Labels.RECORDING));
        statements.add(Key.NICKNAME_ID.create());
        Key.NEVER_MERGED.forEach(key -> statements.add(key.create()));
        return List.copyOf(statements);
    }

    private static String unique(CypherName label) {
        return Key.id(label).create();
    }

    /** The number of the newest migration. */
    public static int version() {
        return MIGRATIONS.size();
    }

    /**
     * Migrates a graph to the newest schema.
     *
     * @throws GraphException when the graph has a newer schema than this program knows
     */
    public static void migrate(Graph graph) {
        Row stored = graph.node(Labels.AVATAR_SYSTEM, "schema");
        int reached = stored == null ? 0 : (int) stored.number("version");
        if (reached > version()) {
            throw new GraphException(
                    "The graph at " + graph.place() + " has schema version " + reached
                            + ", made by a newer version of this program. This version supports up to "
                            + version() + ". Install the newer version.",
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
