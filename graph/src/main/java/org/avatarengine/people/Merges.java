package org.avatarengine.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.jspecify.annotations.Nullable;

/**
 * Merges duplicates and undoes merges. The merged person becomes an {@code (:EntityMapping)} that keeps its id and
 * properties. Each link moved from it records the id in its property {@code via}, a stack of ids. A merge can therefore
 * be undone exactly, even after further merges and imports.
 */
public final class Merges {
    private static final String KEPT_AND_GONE = "MATCH (kept:Person {id: $kept}) MATCH (gone:Person {id: $gone}) ";
    private static final String BACK =
            " SET n = properties(r)," + " n.via = CASE size(r.via) WHEN 1 THEN null ELSE r.via[..-1] END DELETE r";

    /**
     * The reason for a merge.
     *
     * @param method the method that found the duplicates, such as {@code by hand} or {@code fellegi-sunter-1}
     * @param probability the probability that they are the same person, 0 to 1; null for a merge by hand
     * @param evidence lines for the user
     */
    public record Reason(String method, @Nullable Double probability, List<String> evidence) {
        /** The user decided. */
        public static final Reason BY_HAND = new Reason("by hand", null, List.of());
    }

    /**
     * A stored merge.
     *
     * @param gone the id of the merged person
     * @param name the merged person's name; null for none
     */
    public record Merge(
            String gone,
            @Nullable String name,
            String kept,
            @Nullable Instant at,
            String method,
            @Nullable Double probability,
            List<String> evidence) {}

    /** Two people whom the user has marked as different. */
    public record Apart(String one, String other) {
        private static Apart of(String one, String other) {
            return one.compareTo(other) < 0 ? new Apart(one, other) : new Apart(other, one);
        }

        private String id() {
            return "apart:" + one + "|" + other;
        }
    }

    private final Graph graph;

    public Merges(Graph graph) {
        this.graph = graph;
    }

    /**
     * Merges one person into another.
     *
     * @throws GraphException when both are the same person, one is unknown, or they are marked as different people
     */
    public void merge(String kept, String gone, Reason reason) {
        if (kept.equals(gone)) {
            throw new GraphException("These two are already the same person.", null);
        }
        if (gone.equals(People.OWNER)) {
            throw new GraphException("You cannot merge yourself into another person. Name yourself first.", null);
        }
        for (String id : List.of(kept, gone)) {
            if (!isPerson(id)) {
                throw new GraphException("No person has the id " + id + ".", null);
            }
        }
        if (apart(kept).contains(gone)) {
            throw new GraphException(
                    "These two are marked as different people."
                            + " To allow merging, run `avatar people never-merge --undo`.",
                    null);
        }
        graph.write(transaction -> {
            move(transaction, kept, gone);
            DataVersion.advance(transaction);
            transaction.run("""
                    MATCH (kept:Person {id: $kept}) MATCH (gone:Person {id: $gone})
                    SET kept.mergedContactIds = coalesce(kept.mergedContactIds, [])
                            + coalesce(gone.contactIds, []) + coalesce(gone.profileIds, []) + coalesce(gone.mergedContactIds, [])
                    REMOVE gone:Person
                    SET gone:EntityMapping, gone.kind = 'MERGED', gone.mergedAt = $at, gone.method = $method,
                        gone.probability = $probability, gone.evidence = $evidence
                    MERGE (gone)-[:MERGED_INTO]->(kept)""", parameters(kept, gone, reason));
            return kept;
        });
    }

    private static Map<String, Object> parameters(String kept, String gone, Reason reason) {
        return Map.of(
                "kept",
                kept,
                "gone",
                gone,
                "at",
                Instant.now(),
                "method",
                reason.method(),
                "probability",
                reason.probability() == null ? 1.0 : reason.probability(),
                "evidence",
                reason.evidence());
    }

    private static void move(GraphTransaction transaction, String kept, String gone) {
        Map<String, String> ends = Map.of("from", gone, "to", kept);
        for (CypherName type : RelationshipTypes.FROM_PERSON) {
            transaction.run(
                    "MATCH (from:Person {id: $from}) MATCH (to:Person {id: $to}) MATCH (from)-[r:" + type.text()
                            + "]->(x)"
                            + " CREATE (to)-[n:" + type.text()
                            + "]->(x) SET n = properties(r), n.via = coalesce(r.via, []) + $from"
                            + " DELETE r",
                    ends);
        }
        for (CypherName type : RelationshipTypes.TO_PERSON) {
            transaction.run(
                    "MATCH (from:Person {id: $from}) MATCH (to:Person {id: $to}) MATCH (from)<-[r:" + type.text()
                            + "]-(x)"
                            + " CREATE (to)<-[n:" + type.text()
                            + "]-(x) SET n = properties(r), n.via = coalesce(r.via, []) + $from"
                            + " DELETE r",
                    ends);
        }
    }

    /**
     * Undoes a merge.
     *
     * @return the merge that was undone
     * @throws GraphException when no merge with this id is stored, or a later merge must be undone first
     */
    public Merge unmerge(String gone) {
        Merge merge = all().stream()
                .filter(m -> m.gone().equals(gone))
                .findFirst()
                .orElseThrow(() -> new GraphException(
                        "No merge of " + gone + " is stored. Run `avatar people merges` to see all merges.", null));
        if (!isPerson(merge.kept())) {
            throw new GraphException(
                    "The person it was merged into has been merged as well. Undo that first with:"
                            + " avatar people unmerge "
                            + merge.kept(),
                    null);
        }
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            transaction.run("""
                    MATCH (gone:EntityMapping {id: $gone})-[r:MERGED_INTO]->(kept:Person)
                    DELETE r
                    REMOVE gone:EntityMapping
                    SET gone:Person
                    SET kept.mergedContactIds = [c IN kept.mergedContactIds WHERE NOT c IN
                            coalesce(gone.contactIds, []) + coalesce(gone.profileIds, []) + coalesce(gone.mergedContactIds, [])]
                    REMOVE gone.kind, gone.mergedAt, gone.method, gone.probability, gone.evidence""", Map.of("gone", gone));
            Map<String, String> ends = Map.of("kept", merge.kept(), "gone", gone);
            for (CypherName type : RelationshipTypes.FROM_PERSON) {
                transaction.run(
                        KEPT_AND_GONE + "MATCH (kept)-[r:" + type.text()
                                + "]->(x) WHERE r.via[-1] = $gone CREATE (gone)-[n:" + type.text() + "]->(x)" + BACK,
                        ends);
            }
            for (CypherName type : RelationshipTypes.TO_PERSON) {
                transaction.run(
                        KEPT_AND_GONE + "MATCH (kept)<-[r:" + type.text()
                                + "]-(x) WHERE r.via[-1] = $gone CREATE (gone)<-[n:" + type.text() + "]-(x)" + BACK,
                        ends);
            }
            // Data imported since the merge goes to the person with the address it came from.
            transaction.run("""
                    MATCH (gone:Person {id: $gone})-[:HAS_HANDLE]->(h:Handle)
                    MATCH (kept:Person {id: $kept})-[r:SENT]->(m) WHERE m.handle = h.id
                    CREATE (gone)-[:SENT]->(m) DELETE r""", ends);
            transaction.run("""
                    MATCH (gone:Person {id: $gone})-[:SENT]->(:Message)-[:SENT_TO]->(c:Conversation)
                    WITH DISTINCT gone, c MERGE (gone)-[:MEMBER_OF]->(c)""", ends);
            return gone;
        });
        return merge;
    }

    /** Marks two people as different, so that they are never merged. Does not undo an earlier merge. */
    public void keepApart(String one, String other) {
        Apart pair = Apart.of(one, other);
        graph.write(transaction -> transaction.run(
                "MERGE (m:EntityMapping {id: $id}) SET m.kind = 'APART', m.one = $one, m.other = $other",
                Map.of("id", pair.id(), "one", pair.one(), "other", pair.other())));
    }

    /** Undoes {@link #keepApart}. Returns whether the two were marked. */
    public boolean allow(String one, String other) {
        String id = Apart.of(one, other).id();
        boolean there = !graph.read("MATCH (m:EntityMapping {id: $id}) RETURN m.id AS id", Map.of("id", id))
                .isEmpty();
        graph.write(transaction -> transaction.run("MATCH (m:EntityMapping {id: $id}) DELETE m", Map.of("id", id)));
        return there;
    }

    /**
     * All pairs marked as different people. If one of a pair has been merged, the mark applies to the merged person.
     */
    public List<Apart> keptApart() {
        List<Apart> pairs = new ArrayList<>();
        graph.read("""
                MATCH (m:EntityMapping {kind: 'APART'})
                OPTIONAL MATCH (:EntityMapping {id: m.one})-[:MERGED_INTO*]->(a:Person)
                OPTIONAL MATCH (:EntityMapping {id: m.other})-[:MERGED_INTO*]->(b:Person)
                RETURN coalesce(a.id, m.one) AS one, coalesce(b.id, m.other) AS other ORDER BY one, other""", Map.of(), row -> pairs.add(new Apart(row.requireText("one"), row.requireText("other"))));
        return pairs;
    }

    private boolean isPerson(String id) {
        return !graph.read("MATCH (p:Person {id: $id}) RETURN p.id AS id", Map.of("id", id))
                .isEmpty();
    }

    private Set<String> apart(String id) {
        Set<String> others = new LinkedHashSet<>();
        for (Apart pair : keptApart()) {
            if (pair.one().equals(id)) {
                others.add(pair.other());
            } else if (pair.other().equals(id)) {
                others.add(pair.one());
            }
        }
        return others;
    }

    /** All merges, latest first. */
    public List<Merge> all() {
        return graph.read("""
                        MATCH (m:EntityMapping {kind: 'MERGED'})-[:MERGED_INTO]->(kept)
                        RETURN m.id AS gone, m.name AS name, kept.id AS kept, m.mergedAt AS at, m.method AS method,
                               m.probability AS probability, m.evidence AS evidence
                        ORDER BY at DESC, gone""", Map.of()).stream().map(Merges::merge).toList();
    }

    /** The merges from a merged person's id to the person it now belongs to; empty if it was not merged. */
    public List<Merge> from(String id) {
        List<Merge> all = all();
        List<Merge> way = new ArrayList<>();
        String at = id;
        for (boolean found = true; found; ) {
            String here = at;
            Merge next =
                    all.stream().filter(m -> m.gone().equals(here)).findFirst().orElse(null);
            found = next != null;
            if (next != null) {
                way.add(next);
                at = next.kept();
            }
        }
        return way;
    }

    private static Merge merge(Row row) {
        return new Merge(
                row.requireText("gone"),
                row.text("name"),
                row.requireText("kept"),
                row.time("at"),
                row.requireText("method"),
                Reason.BY_HAND.method().equals(row.text("method")) ? null : row.real("probability"),
                row.texts("evidence"));
    }
}
