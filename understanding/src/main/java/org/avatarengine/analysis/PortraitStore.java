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
            RETURN p.id AS id, coalesce(x.digest, '') AS digest, coalesce(x.refreshed, false) AS refreshed,
                   coalesce(x.outline, '') AS outline, coalesce(x.checked, -1) AS checked,
                   coalesce(p.dataVersion, 0) AS changed""";

    private static final String CHECKED = """
            UNWIND $people AS one
            MATCH (:Person {id: one.id})-[:HAS_PROFILE]->(x:CommunicationProfile)
            SET x.outline = one.outline, x.checked = $version""";

    private final Graph graph;

    /** The version of the data when portraits were last compared with it; -1 if they were not. */
    private long seen = -1;

    /** The outlines of people at that time. */
    private final Map<String, String> outlines = new HashMap<>();

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

    /**
     * What is stored of a portrait.
     *
     * @param outline of {@link PortraitDigest#outlines}, when the digest was last compared
     * @param checked the version of the data then; -1 if never
     * @param changed the version of the data when the person's conversations last changed
     */
    private record Stored(String digest, boolean refreshed, String outline, long checked, long changed) {}

    private Map<String, Stored> stored() {
        Map<String, Stored> stored = new LinkedHashMap<>();
        long all = DataVersion.ofConversations(graph);
        graph.read(
                STORED,
                Map.of(),
                row -> stored.put(
                        row.requireText("id"),
                        new Stored(
                                row.requireText("digest"),
                                row.isTrue("refreshed"),
                                row.requireText("outline"),
                                row.number("checked"),
                                Math.max(all, row.number("changed")))));
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
        Map<String, Stored> wanted = new LinkedHashMap<>(stored);
        wanted.keySet().retainAll(all);
        Set<String> outdated = new LinkedHashSet<>(all);
        outdated.removeAll(fresh(wanted, all));
        all.stream()
                .filter(id -> stored.containsKey(id) && Objects.requireNonNull(stored.get(id)).refreshed)
                .forEach(outdated::add);
        return new Candidates(all, outdated);
    }

    /** Whether the portrait of a person can be used as it is stored. */
    public State state(String person) {
        Map<String, Stored> its = stored();
        its.keySet().retainAll(Set.of(person));
        boolean fresh = !fresh(its, Set.of(person)).isEmpty();
        return its.isEmpty() ? State.MISSING : fresh ? State.FRESH : State.CHANGED;
    }

    /** The ids of people whose conversations have changed since their portrait was created. */
    public Set<String> changed() {
        Map<String, Stored> stored = stored();
        Set<String> changed = new LinkedHashSet<>(stored.keySet());
        changed.removeAll(fresh(stored, stored.keySet()));
        return changed;
    }

    /**
     * Those whose portraits are not older than their conversations. All messages have to be read only of people whose
     * conversations, members or contact cards may have changed since that was last done.
     *
     * @param people with those who have no portrait yet, but may get one
     */
    private Set<String> fresh(Map<String, Stored> stored, Set<String> people) {
        seen = DataVersion.of(graph);
        PortraitDigest digest = new PortraitDigest(graph);
        outlines.putAll(digest.outlines(people));
        Set<String> fresh = new LinkedHashSet<>();
        Set<String> unsure = new LinkedHashSet<>();
        stored.forEach((id, its) ->
                (its.checked >= its.changed && its.outline.equals(outlines.get(id)) ? fresh : unsure).add(id));
        Map<String, String> digests = digest.of(unsure);
        unsure.removeIf(id -> !Objects.requireNonNull(stored.get(id)).digest.equals(digests.get(id)));
        fresh.addAll(unsure);
        remember(unsure);
        return fresh;
    }

    private void remember(Set<String> people) {
        if (people.isEmpty()) {
            return;
        }
        List<Map<String, String>> rows = people.stream()
                .map(id -> Map.of("id", id, "outline", Objects.requireNonNull(outlines.get(id))))
                .toList();
        graph.write(transaction -> transaction.run(CHECKED, Map.of("people", rows, "version", seen)));
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
            String id = portrait.person().id();
            Map<String, Object> basis = Map.of(
                    "id",
                    id,
                    "digest",
                    findings.digests().getOrDefault(id, ""),
                    "outline",
                    outlines.getOrDefault(id, ""),
                    "checked",
                    seen,
                    "refreshed",
                    refreshed);
            store(portrait, run, basis);
            done.accept(i + 1);
        }
        graph.write(transaction ->
                transaction.run("MATCH (c:SemanticCluster) WHERE NOT (c)<-[:BELONGS_TO]-() DETACH DELETE c", Map.of()));
    }

    /** @param basis what tells later whether the portrait is still up to date */
    private void store(Portrait portrait, String run, Map<String, Object> basis) {
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
            DataVersion.advanceBesideConversations(transaction);
            nodes.values().forEach(alike -> create(transaction, id, alike));
            transaction.run(
                    "UNWIND $topics AS topic MERGE (c:SemanticCluster {id: topic.id}) SET c = topic",
                    Map.of("topics", PortraitWriter.topics(portrait, run)));
            transaction.run("""
                    MATCH (:Person {id: $id})-[:PREFERS_TOPIC]->(t:TopicPreference)
                    MATCH (c:SemanticCluster {id: t.clusterId}) CREATE (t)-[:BELONGS_TO]->(c)""", Map.of("id", id));
            return transaction.run(
                    "MATCH (:Person {id: $id})-[:HAS_PROFILE]->(x:CommunicationProfile)"
                            + " SET x.digest = $digest, x.outline = $outline, x.checked = $checked,"
                            + " x.refreshed = $refreshed",
                    basis);
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
