package org.avatarengine.enrich;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Outcome;
import org.avatarengine.graph.Row;
import org.jspecify.annotations.Nullable;

/**
 * The facts that were found in a person's messages, and the user's word on them. What the user corrects or deletes stays
 * so: a later enrichment does not bring it back. Facts that cannot both be true are marked.
 */
public final class PersonFacts {
    private static final String OF_PERSON = """
            MATCH (f:Fact)-[:LEARNT_FROM]->(:Person {id: $person}) WHERE NOT coalesce(f.removed, false)
            OPTIONAL MATCH (f)-[:SHOWN_BY]->(m:Message)
            RETURN f.id AS id, f.subject AS subject, f.predicate AS predicate, f.object AS object,
                   f.validFrom AS validFrom, f.validTo AS validTo, f.confidence AS confidence,
                   coalesce(f.byUser, false) AS byUser, min(m.sentAt) AS first, max(m.sentAt) AS last,
                   count(m) AS messages
            ORDER BY byUser DESC, confidence DESC, subject, predicate, object""";

    /** Facts of all people about the same subjects. */
    private static final String ABOUT = """
            MATCH (f:Fact) WHERE NOT coalesce(f.removed, false) AND toLower(f.subject) IN $subjects
            RETURN f.id AS id, f.subject AS subject, f.predicate AS predicate, f.object AS object,
                   f.validFrom AS validFrom, f.validTo AS validTo, coalesce(f.byUser, false) AS byUser""";

    private static final String OVERRULED = """
            MATCH (u:Fact)-[:LEARNT_FROM]->(p:Person {id: $person}) WHERE u.byUser
            WITH p, collect(u.replaces) + collect(u.key) AS keys
            MATCH (f:Fact)-[:LEARNT_FROM]->(p) WHERE NOT coalesce(f.byUser, false) AND f.key IN keys
            DETACH DELETE f""";

    /** Enrichments number their facts, so after another one the id can belong to a different fact. */
    private static final String STORE = """
            MATCH (old:Fact {id: $old, subject: $subject, predicate: $predicate, object: $replaced})
                  -[:LEARNT_FROM]->(p:Person)
            CREATE (u:Fact {id: $id, subject: old.subject, predicate: old.predicate, object: $object, key: $key,
                            replaces: coalesce(old.replaces, old.key), byUser: true, removed: $removed, at: $at,
                            confidence: 1.0})
            SET u.validFrom = old.validFrom, u.validTo = old.validTo
            CREATE (u)-[:LEARNT_FROM]->(p)
            WITH old, u
            CALL (old, u) {
                MATCH (old)-[:SHOWN_BY]->(m:Message) MERGE (u)-[:SHOWN_BY]->(m)
            }
            WITH DISTINCT old DETACH DELETE old""";

    /** Of these, a person can have only one at a time. */
    private static final Pattern SINGLE = Pattern.compile(
            "(lives? (in|at|with)|resides? in|works? (at|for|as)|is employed (at|by)|is married to|is engaged to"
                    + "|is (the )?(husband|wife|spouse|partner) of|was born (in|on)|is \\d+ years old|stud(ies|y) at"
                    + "|attends?|is from|has (the )?birthday( on)?|goes to school at|drives an?|owns? the dog)");

    private final Graph graph;

    public PersonFacts(Graph graph) {
        this.graph = graph;
    }

    /**
     * A fact.
     *
     * @param confidence 0 to 1; 1 for the user's word
     * @param byUser whether the user said so
     * @param first the time of the earliest message that shows it; null if there is none
     * @param last the time of the latest one
     * @param messages the number of messages that show it
     * @param contradictedBy what cannot be true together with it, as sentences; empty if nothing contradicts
     */
    public record StoredFact(
            String id,
            String subject,
            String predicate,
            String object,
            @Nullable String validFrom,
            @Nullable String validTo,
            double confidence,
            boolean byUser,
            @Nullable Instant first,
            @Nullable Instant last,
            long messages,
            List<String> contradictedBy) {
        /** The fact as a sentence, with its period. */
        public String text() {
            return sentence(subject, predicate, object, validFrom, validTo);
        }
    }

    private static String sentence(
            String subject, String predicate, String object, @Nullable String from, @Nullable String to) {
        return subject + " " + predicate + " " + object + (from == null ? "" : " (since " + from + ")")
                + (to == null ? "" : " (until " + to + ")");
    }

    /** The facts that were found in a person's messages: the user's word first, then by confidence. */
    public List<StoredFact> of(String person) {
        List<StoredFact> facts = new ArrayList<>();
        List<Row> rows = graph.read(OF_PERSON, Map.of("person", person));
        List<Row> others = about(rows.stream().map(row -> row.requireText("subject")));
        for (Row row : rows) {
            facts.add(new StoredFact(
                    row.requireText("id"),
                    row.requireText("subject"),
                    row.requireText("predicate"),
                    row.requireText("object"),
                    row.text("validFrom"),
                    row.text("validTo"),
                    row.real("confidence"),
                    row.isTrue("byUser"),
                    row.time("first"),
                    row.time("last"),
                    row.number("messages"),
                    contradictions(row, others)
                            .map(PersonFacts::sentence)
                            .distinct()
                            .toList()));
        }
        return facts;
    }

    /**
     * The facts, of any person, that cannot be true together with a fact of this person.
     *
     * @return their ids by the id of the fact that they contradict, for all facts in the order of {@link #of}; nothing
     *     contradicts the user's word
     */
    public Map<String, List<String>> contradictions(String person) {
        List<Row> rows = graph.read(OF_PERSON, Map.of("person", person));
        List<Row> others = about(rows.stream().map(row -> row.requireText("subject")));
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (Row row : rows) {
            found.put(
                    row.requireText("id"),
                    contradictions(row, others)
                            .map(other -> other.requireText("id"))
                            .toList());
        }
        return found;
    }

    /** The facts of all people about some subjects. */
    private List<Row> about(Stream<String> subjects) {
        return graph.read(
                ABOUT,
                Map.of(
                        "subjects",
                        subjects.map(subject -> subject.toLowerCase(Locale.ROOT))
                                .distinct()
                                .toList()));
    }

    private static Stream<Row> contradictions(Row fact, List<Row> others) {
        return fact.isTrue("byUser") ? Stream.of() : others.stream().filter(other -> contradict(fact, other));
    }

    private static String sentence(Row other) {
        return sentence(
                        other.requireText("subject"),
                        other.requireText("predicate"),
                        other.requireText("object"),
                        other.text("validFrom"),
                        other.text("validTo"))
                + (other.isTrue("byUser") ? " (your word)" : "");
    }

    private static boolean contradict(Row one, Row other) {
        String predicate = plain(one.requireText("predicate"));
        return SINGLE.matcher(predicate).matches()
                && plain(one.requireText("subject")).equals(plain(other.requireText("subject")))
                && predicate.equals(plain(other.requireText("predicate")))
                && !plain(one.requireText("object")).equals(plain(other.requireText("object")))
                && overlap(one, other);
    }

    /** Whether two periods have a day in common. A period without an end lasts until now. Dates compare as texts. */
    private static boolean overlap(Row one, Row other) {
        return begins(one, other) && begins(other, one);
    }

    private static boolean begins(Row one, Row other) {
        String from = one.text("validFrom");
        String to = other.text("validTo");
        return from == null || to == null || from.compareTo(to + "~") < 0 && !from.equals(to);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{P}\\s]+", " ")
                .replaceFirst("^(the|a|an) ", "")
                .strip();
    }

    /** What makes two facts the same. */
    static String key(String subject, String predicate, String object) {
        return plain(subject) + "|" + plain(predicate) + "|" + plain(object);
    }

    /** Marks the facts about some subjects that contradict another one, so that no prompt takes them for true. */
    void markDisputed(List<String> subjects) {
        List<Row> all = about(subjects.stream());
        List<Map<String, Object>> marks = all.stream()
                .map(row -> Map.<String, Object>of(
                        "id",
                        row.requireText("id"),
                        "disputed",
                        !row.isTrue("byUser") && all.stream().anyMatch(other -> contradict(row, other))))
                .toList();
        graph.write(transaction -> transaction.run(
                "UNWIND $marks AS mark MATCH (f:Fact {id: mark.id}) SET f.disputed = mark.disputed",
                Map.of("marks", marks)));
    }

    /** Deletes what the user has corrected or deleted, if an enrichment has stored it again. */
    static void keepUsersWord(GraphTransaction transaction, String person) {
        transaction.run(OVERRULED, Map.of("person", person));
    }

    /**
     * Replaces the object of a fact with the user's.
     *
     * @throws GraphException if the correction is empty, or the fact is no longer stored as it is given
     */
    public void correct(StoredFact fact, String object) {
        if (object.isBlank()) {
            throw new GraphException("The correction is empty.", null);
        }
        store(fact, object.strip(), false);
    }

    /**
     * Deletes a fact. A later enrichment that finds the same does not bring it back.
     *
     * @throws GraphException if the fact is no longer stored as it is given
     */
    public void delete(StoredFact fact) {
        store(fact, fact.object(), true);
    }

    private void store(StoredFact fact, String object, boolean removed) {
        Outcome stored = graph.write(transaction -> {
            DataVersion.advanceBesideConversations(transaction);
            return transaction.run(
                    STORE,
                    Map.of(
                            "old",
                            fact.id(),
                            "subject",
                            fact.subject(),
                            "predicate",
                            fact.predicate(),
                            "replaced",
                            fact.object(),
                            "id",
                            fact.id().replaceFirst("#.*", "") + "/user-" + UUID.randomUUID(),
                            "object",
                            object,
                            "key",
                            key(fact.subject(), fact.predicate(), object),
                            "removed",
                            removed,
                            "at",
                            Instant.now()));
        });
        if (stored.nodesCreated() == 0) {
            throw new GraphException("This fact has changed in the meantime. List the facts again.", null);
        }
        markDisputed(List.of(fact.subject()));
    }
}
