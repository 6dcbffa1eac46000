package org.avatarengine.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.CypherName;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;
import org.jspecify.annotations.Nullable;

/**
 * Makes persons one, and takes them apart again. The person that goes becomes an {@code (:EntityMapping)} that keeps its
 * id and properties; each link moved from it says so in its property {@code via}, a stack of ids. Both together let a
 * merge be undone exactly, also after further merges and imports.
 */
public final class Merges {
    /** What hangs on a person by import; analysis results are made anew. */
    private static final List<CypherName> OUTGOING =
            Stream.of("SENT", "MEMBER_OF", "HAS_HANDLE").map(CypherName::of).toList();

    private static final String KEPT_AND_GONE = "MATCH (kept:Person {id: $kept}) MATCH (gone:Person {id: $gone}) ";
    private static final String BACK =
            " SET n = properties(r)," + " n.via = CASE size(r.via) WHEN 1 THEN null ELSE r.via[..-1] END DELETE r";

    private static final List<CypherName> INCOMING = Stream.of("MENTIONS", "MADE_BY", "CONCERNS", "IDENTIFIED_AS")
            .map(CypherName::of)
            .toList();

    /**
     * Why two persons were made one.
     *
     * @param method what found them, such as {@code by hand} or {@code fellegi-sunter-1}
     * @param probability that they are one; null when a person said so
     * @param evidence lines for people to read
     */
    public record Reason(String method, @Nullable Double probability, List<String> evidence) {
        /** A person said so. */
        public static final Reason BY_HAND = new Reason("by hand", null, List.of());
    }

    /**
     * A merge that was done.
     *
     * @param gone the id of the person that became part of another
     * @param name what that person was called; null for none
     */
    public record Merge(
            String gone,
            @Nullable String name,
            String kept,
            @Nullable Instant at,
            String method,
            @Nullable Double probability,
            List<String> evidence) {}

    /** Two persons of whom a person said that they must stay two. */
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
     * Makes one person part of another.
     *
     * @throws GraphException when they are the same, one of them is unknown, or they are to stay apart
     */
    public void merge(String kept, String gone, Reason reason) {
        if (kept.equals(gone)) {
            throw new GraphException("These are one person already.", null);
        }
        if (gone.equals(People.OWNER)) {
            throw new GraphException(
                    "The owner of the data cannot become part of another person; name the owner first.", null);
        }
        for (String id : List.of(kept, gone)) {
            if (!isPerson(id)) {
                throw new GraphException("There is no person with the id " + id + ".", null);
            }
        }
        if (apart(kept).contains(gone)) {
            throw new GraphException(
                    "These two are marked to stay apart. Allow it again with: avatar people never-merge --undo", null);
        }
        graph.write(transaction -> {
            move(transaction, kept, gone);
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
        for (CypherName type : OUTGOING) {
            transaction.run(
                    "MATCH (from:Person {id: $from}) MATCH (to:Person {id: $to}) MATCH (from)-[r:" + type.text()
                            + "]->(x)"
                            + " CREATE (to)-[n:" + type.text()
                            + "]->(x) SET n = properties(r), n.via = coalesce(r.via, []) + $from"
                            + " DELETE r",
                    ends);
        }
        for (CypherName type : INCOMING) {
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
     * Takes a merged person out of the one it became part of.
     *
     * @return the merge that was undone
     * @throws GraphException when no merge of this id is stored, or one built on it must be undone first
     */
    public Merge unmerge(String gone) {
        Merge merge = all().stream()
                .filter(m -> m.gone().equals(gone))
                .findFirst()
                .orElseThrow(() -> new GraphException(
                        "No merge of " + gone + " is stored. See them with: avatar people" + " merges", null));
        if (!isPerson(merge.kept())) {
            throw new GraphException(
                    "The person it became part of was merged itself. Undo that first: avatar people unmerge "
                            + merge.kept(),
                    null);
        }
        graph.write(transaction -> {
            transaction.run("""
                    MATCH (gone:EntityMapping {id: $gone})-[r:MERGED_INTO]->(kept:Person)
                    DELETE r
                    REMOVE gone:EntityMapping
                    SET gone:Person
                    SET kept.mergedContactIds = [c IN kept.mergedContactIds WHERE NOT c IN
                            coalesce(gone.contactIds, []) + coalesce(gone.profileIds, []) + coalesce(gone.mergedContactIds, [])]
                    REMOVE gone.kind, gone.mergedAt, gone.method, gone.probability, gone.evidence""", Map.of("gone", gone));
            Map<String, String> ends = Map.of("kept", merge.kept(), "gone", gone);
            for (CypherName type : OUTGOING) {
                transaction.run(
                        KEPT_AND_GONE + "MATCH (kept)-[r:" + type.text()
                                + "]->(x) WHERE r.via[-1] = $gone CREATE (gone)-[n:" + type.text() + "]->(x)" + BACK,
                        ends);
            }
            for (CypherName type : INCOMING) {
                transaction.run(
                        KEPT_AND_GONE + "MATCH (kept)<-[r:" + type.text()
                                + "]-(x) WHERE r.via[-1] = $gone CREATE (gone)<-[n:" + type.text() + "]-(x)" + BACK,
                        ends);
            }
            // What came by import since then is with the addresses it came from.
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

    /** Says that two persons must never become one; undoes nothing. */
    public void keepApart(String one, String other) {
        Apart pair = Apart.of(one, other);
        graph.write(transaction -> transaction.run(
                "MERGE (m:EntityMapping {id: $id}) SET m.kind = 'APART', m.one = $one, m.other = $other",
                Map.of("id", pair.id(), "one", pair.one(), "other", pair.other())));
    }

    /** Takes {@link #keepApart} back; says whether there was anything to take back. */
    public boolean allow(String one, String other) {
        String id = Apart.of(one, other).id();
        boolean there = !graph.read("MATCH (m:EntityMapping {id: $id}) RETURN m.id AS id", Map.of("id", id))
                .isEmpty();
        graph.write(transaction -> transaction.run("MATCH (m:EntityMapping {id: $id}) DELETE m", Map.of("id", id)));
        return there;
    }

    /** All pairs that must stay two. A pair stays marked when one of them is merged, and then means what it became. */
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

    /** All merges, the latest first. */
    public List<Merge> all() {
        return graph.read("""
                        MATCH (m:EntityMapping {kind: 'MERGED'})-[:MERGED_INTO]->(kept)
                        RETURN m.id AS gone, m.name AS name, kept.id AS kept, m.mergedAt AS at, m.method AS method,
                               m.probability AS probability, m.evidence AS evidence
                        ORDER BY at DESC, gone""", Map.of()).stream().map(Merges::merge).toList();
    }

    /** The merges that lead from a merged person's id to the person it is part of now; empty when it was not merged. */
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
