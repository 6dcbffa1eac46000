package org.avatarengine.analysis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.avatarengine.analysis.PortraitWriter.Node;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.people.Nicknames;

/**
 * Stores portraits in the graph. Each replaces the person's previous portrait in one transaction. Every node has the name
 * and version of its method, its sample size, and the ids of messages as evidence.
 */
public final class PortraitStore {
    /** The relationship types that link a person to their portrait. */
    static final List<CypherName> OWN = List.of(
            RelationshipTypes.HAS_PROFILE,
            RelationshipTypes.HAS_STYLE,
            RelationshipTypes.HAS_STYLE_PATTERN,
            RelationshipTypes.SHOWS_POLITENESS,
            RelationshipTypes.USES_PHRASE,
            RelationshipTypes.EXPRESSES_EMOTION,
            RelationshipTypes.HAS_TEMPORAL_PATTERN,
            RelationshipTypes.HAS_TRIGGER,
            RelationshipTypes.HAS_NICKNAME,
            RelationshipTypes.PREFERS_TOPIC,
            RelationshipTypes.HAS_ANALYSIS,
            RelationshipTypes.HAS_RELATIONSHIP);

    private static final String SENT = "MATCH (p:Person) RETURN p.id AS id, COUNT { (p)-[:SENT]->(:Message) } AS sent";

    private static final String STORED = """
            MATCH (p:Person)-[:HAS_PROFILE]->(x:CommunicationProfile)
            RETURN p.id AS id, coalesce(x.digest, '') AS digest, coalesce(x.refreshed, false) AS refreshed""";

    private final Graph graph;

    public PortraitStore(Graph graph) {
        this.graph = graph;
    }

    /**
     * The people with a minimum number of messages, and those among them whose portraits {@code analyze} must create.
     *
     * @param outdated the ids of those whose portrait is missing, whose conversations changed since, or whose portrait
     *     was only refreshed
     */
    public record Candidates(Set<String> all, Set<String> outdated) {}

    /** The states of a stored portrait. */
    public enum State {
        MISSING,
        /** Their conversations have changed since. */
        CHANGED,
        FRESH
    }

    private record Stored(String digest, boolean refreshed) {}

    private Map<String, Stored> stored() {
        Map<String, Stored> stored = new LinkedHashMap<>();
        graph.read(
                STORED,
                Map.of(),
                row -> stored.put(
                        row.requireText("id"), new Stored(row.requireText("digest"), row.isTrue("refreshed"))));
        return stored;
    }

    /** Finds the people whose portraits are out of date. */
    public Candidates candidates(long leastMessages) {
        Set<String> all = new LinkedHashSet<>();
        graph.read(SENT, Map.of(), row -> {
            if (row.number("sent") >= leastMessages) {
                all.add(row.requireText("id"));
            }
        });
        Map<String, Stored> stored = stored();
        Map<String, String> digests = new PortraitDigest(graph).of(all);
        Set<String> outdated = new LinkedHashSet<>(all);
        outdated.removeIf(id -> {
            Stored its = stored.get(id);
            return its != null && !its.refreshed && its.digest.equals(digests.get(id));
        });
        return new Candidates(all, outdated);
    }

    /** Whether the portrait of a person can be used as it is stored. */
    public State state(String person) {
        Stored its = stored().get(person);
        if (its == null) {
            return State.MISSING;
        }
        return its.digest.equals(new PortraitDigest(graph).of(Set.of(person)).get(person))
                ? State.FRESH
                : State.CHANGED;
    }

    /** The ids of people whose conversations have changed since their portrait was created. */
    public Set<String> changed() {
        Map<String, Stored> stored = stored();
        Map<String, String> digests = new PortraitDigest(graph).of(stored.keySet());
        Set<String> changed = new LinkedHashSet<>(stored.keySet());
        changed.removeIf(id -> Objects.requireNonNull(stored.get(id)).digest.equals(digests.get(id)));
        return changed;
    }

    /**
     * Stores results: each portrait with its topics replaces the person's previous one. Topics without a portrait are
     * removed.
     *
     * @param done is told after each portrait how many are stored
     */
    public void store(Analysis.Findings findings, IntConsumer done) {
        store(findings, false, done);
    }

    /**
     * The same for portraits that a command needed immediately, without new sentence vectors and not of everybody. The
     * next {@code analyze} creates them again.
     */
    public void storeRefreshed(Analysis.Findings findings, IntConsumer done) {
        store(findings, true, done);
    }

    private void store(Analysis.Findings findings, boolean refreshed, IntConsumer done) {
        String run = String.valueOf(Instant.now().toEpochMilli());
        for (int i = 0; i < findings.portraits().size(); i++) {
            Portrait portrait = findings.portraits().get(i);
            String digest = findings.digests().getOrDefault(portrait.person().id(), "");
            store(portrait, run, digest, refreshed);
            done.accept(i + 1);
        }
        graph.write(transaction ->
                transaction.run("MATCH (c:SemanticCluster) WHERE NOT (c)<-[:BELONGS_TO]-() DETACH DELETE c", Map.of()));
    }

    private void store(Portrait portrait, String run, String digest, boolean refreshed) {
        String id = portrait.person().id();
        Map<String, List<Node>> nodes = PortraitWriter.nodes(portrait, run).stream()
                .collect(Collectors.groupingBy(
                        node -> node.relationship().text() + node.label() + (node.other() == null),
                        LinkedHashMap::new,
                        Collectors.toList()));
        graph.write(transaction -> {
            // Setting a property locks the person, so that two processes store one after the other.
            transaction.run(
                    "MATCH (p:Person {id: $id}) SET p.analyzedAt = $now", Map.of("id", id, "now", Instant.now()));
            transaction.run(
                    "MATCH (:Person {id: $id})-[:" + CypherName.anyOf(OWN).text() + "]->(x)"
                            + " WHERE NOT (x:Nickname AND x.method = $byHand) DETACH DELETE x",
                    Map.of("id", id, "byHand", Nicknames.BY_HAND));
            DataVersion.advance(transaction);
            nodes.values().forEach(alike -> create(transaction, id, alike));
            transaction.run(
                    "UNWIND $topics AS topic MERGE (c:SemanticCluster {id: topic.id}) SET c = topic",
                    Map.of("topics", PortraitWriter.topics(portrait, run)));
            transaction.run("""
                    MATCH (:Person {id: $id})-[:PREFERS_TOPIC]->(t:TopicPreference)
                    MATCH (c:SemanticCluster {id: t.clusterId}) CREATE (t)-[:BELONGS_TO]->(c)""", Map.of("id", id));
            return transaction.run(
                    "MATCH (:Person {id: $id})-[:HAS_PROFILE]->(x:CommunicationProfile)"
                            + " SET x.digest = $digest, x.refreshed = $refreshed",
                    Map.of("id", id, "digest", digest, "refreshed", refreshed));
        });
    }

    private static void create(GraphTransaction transaction, String person, List<Node> alike) {
        Node first = alike.getFirst();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Node node : alike) {
            Map<String, Object> row = new HashMap<>(Map.of("properties", node.properties()));
            if (node.other() != null) {
                row.put("other", node.other());
            }
            rows.add(row);
        }
        String statement = first.other() == null
                ? "MATCH (p:Person {id: $person}) UNWIND $rows AS row CREATE (p)-[:"
                        + first.relationship().text() + "]->(x:" + first.label().text() + ") SET x = row.properties"
                : "MATCH (p:Person {id: $person}) UNWIND $rows AS row CREATE (p)-[:"
                        + first.relationship().text() + "]->(x:"
                        + first.label().text() + ") SET x = row.properties WITH x, row MATCH (o:Person {id: row.other})"
                        + " CREATE (x)-[:WITH]->(o)";
        transaction.run(statement, Map.of("person", person, "rows", rows));
    }
}
