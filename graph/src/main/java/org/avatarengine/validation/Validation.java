package org.avatarengine.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;

/** Checks a graph for missing links, duplicates and broken links. Changes nothing. */
public final class Validation {
    /** The severity of a finding. */
    public enum Severity {
        FINE,
        /** Harmless; this can happen. */
        NOTE,
        /** An error in the data. */
        PROBLEM
    }

    /**
     * The result of one check.
     *
     * @param what the checked condition
     * @param count the number of cases
     * @param examples the ids of up to three cases
     * @param remedy what the user can do; empty if nothing needs to be done
     */
    public record Finding(String what, long count, Severity severity, List<String> examples, String remedy) {}

    private record Question(String what, Severity when, String remedy, String cypher) {}

    private static final String AGAIN = "Import the same sources again. If the problem remains, restore a backup.";
    private static final String ANALYZE = "Run `avatar analyze --again`.";
    private static final String REMEMBER = "Fixed automatically by the next `avatar recall` or `avatar chat`.";

    /** Each statement returns the ids of the cases. */
    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "messages in no conversation",
                    Severity.PROBLEM,
                    AGAIN,
                    "MATCH (m:Message) WHERE NOT (m)-[:SENT_TO]->() RETURN m.id AS id"),
            new Question(
                    "messages in more than one conversation",
                    Severity.PROBLEM,
                    AGAIN,
                    "MATCH (m:Message) WHERE COUNT { (m)-[:SENT_TO]->() } > 1 RETURN m.id AS id"),
            new Question(
                    "messages sent by more than one person",
                    Severity.PROBLEM,
                    AGAIN,
                    "MATCH (m:Message) WHERE COUNT { (m)<-[:SENT]-(:Person) } > 1 RETURN m.id AS id"),
            new Question(
                    "written messages without a sender",
                    Severity.NOTE,
                    "",
                    "MATCH (m:Message) WHERE NOT m:Utterance AND NOT (m)<-[:SENT]-() RETURN m.id AS id"),
            new Question(
                    "messages without a time",
                    Severity.NOTE,
                    "",
                    "MATCH (m:Message) WHERE m.sentAt IS NULL RETURN m.id AS id"),
            new Question(
                    "messages that could not be read in full",
                    Severity.NOTE,
                    "Run `avatar import --diagnose` for details.",
                    "MATCH (m:Message) WHERE m.problem IS NOT NULL RETURN m.id AS id"),
            new Question(
                    "replies to messages that are not stored",
                    Severity.NOTE,
                    "",
                    "MATCH (m:Message) WHERE m.replyTo IS NOT NULL AND NOT (m)-[:REPLIES_TO]->() RETURN m.id AS id"),
            new Question(
                    "reactions to messages that are not stored",
                    Severity.NOTE,
                    "",
                    "MATCH (r:Reaction) WHERE NOT (r)-[:REACTS_TO]->() RETURN r.id AS id"),
            new Question(
                    "conversations without members",
                    Severity.NOTE,
                    "",
                    "MATCH (c:Conversation) WHERE NOT c:Recording AND NOT (c)<-[:MEMBER_OF]-() RETURN c.id AS id"),
            new Question(
                    "addresses without a person",
                    Severity.PROBLEM,
                    AGAIN,
                    "MATCH (h:Handle) WHERE NOT (h)<-[:HAS_HANDLE]-() RETURN h.id AS id"),
            new Question(
                    "addresses of more than one person",
                    Severity.PROBLEM,
                    "If these are the same person, run `avatar people merge`.",
                    "MATCH (h:Handle) WHERE COUNT { (h)<-[:HAS_HANDLE]-(:Person) } > 1 RETURN h.id AS id"),
            new Question(
                    "more than one owner",
                    Severity.PROBLEM,
                    AGAIN,
                    "MATCH (p:Person) WHERE p.owner WITH collect(p.id) AS ids WHERE size(ids) > 1"
                            + " UNWIND ids AS id RETURN id"),
            new Question(
                    "merges into a missing person",
                    Severity.PROBLEM,
                    "Run `avatar people merges` to see them.",
                    "MATCH (x:EntityMapping {kind: 'MERGED'}) WHERE NOT (x)-[:MERGED_INTO]->() RETURN x.id AS id"),
            new Question(
                    "analysis findings without a person",
                    Severity.PROBLEM,
                    ANALYZE,
                    "MATCH (x:CommunicationProfile|CommunicationStyle|StylePattern|PolitenessStrategy|SignaturePhrase"
                            + "|EmotionalExpression|TemporalPattern|ContextTrigger|TopicPreference|TopicAnalysis|RelationshipPattern)"
                            + " WHERE NOT (x)<--(:Person) RETURN x.id AS id"),
            new Question(
                    "findings whose messages are missing",
                    Severity.NOTE,
                    ANALYZE,
                    "MATCH (:Person)-->(x) WHERE x.evidence IS NOT NULL AND size(x.evidence) > 0"
                            + " AND NOT EXISTS { MATCH (m:Message) WHERE m.id IN x.evidence } RETURN x.id AS id"),
            new Question(
                    "passages of missing conversations",
                    Severity.PROBLEM,
                    REMEMBER,
                    "MATCH (p:Passage) WHERE NOT EXISTS { MATCH (:Conversation {id: p.conversation}) }"
                            + " RETURN p.id AS id"),
            new Question(
                    "passages of missing messages",
                    Severity.NOTE,
                    REMEMBER,
                    "MATCH (p:Passage) WHERE NOT EXISTS { MATCH (m:Message) WHERE m.id IN p.messageIds }"
                            + " RETURN p.id AS id"));

    private static final int EXAMPLES = 3;

    private static final String INDEXES = "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name AS id";
    private static final String CONSTRAINTS = "SHOW CONSTRAINTS YIELD name RETURN name AS id";

    private final Graph graph;

    public Validation(Graph graph) {
        this.graph = graph;
    }

    /** Runs all checks. */
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(schema());
        findings.add(found(
                "indexes that are not ready",
                Severity.PROBLEM,
                "Wait until they are built. If the problem remains, restore a backup.",
                INDEXES));
        for (Question question : QUESTIONS) {
            findings.add(found(question.what, question.when, question.remedy, question.cypher));
        }
        return findings;
    }

    private Finding schema() {
        long version =
                graph.read("MATCH (s:AvatarSystem {id: 'schema'}) RETURN s.version AS version", Map.of()).stream()
                        .mapToLong(row -> row.number("version"))
                        .sum();
        List<String> missing = new ArrayList<>(Schema.constraints());
        graph.read(CONSTRAINTS, Map.of(), row -> missing.remove(row.requireText("id")));
        boolean old = version != Schema.version();
        return new Finding(
                "missing schema rules",
                missing.size() + (old ? 1 : 0),
                missing.isEmpty() && !old ? Severity.FINE : Severity.PROBLEM,
                missing.stream().limit(EXAMPLES).toList(),
                missing.isEmpty() && !old ? "" : "Restore a backup, or import into a new --data folder.");
    }

    private Finding found(String what, Severity when, String remedy, String cypher) {
        List<String> examples = new ArrayList<>();
        long[] count = {0};
        graph.read(cypher, Map.of(), row -> {
            count[0]++;
            if (examples.size() < EXAMPLES) {
                examples.add(id(row));
            }
        });
        return count[0] == 0
                ? new Finding(what, 0, Severity.FINE, List.of(), "")
                : new Finding(what, count[0], when, examples, remedy);
    }

    private static String id(Row row) {
        return String.valueOf(row.text("id"));
    }
}
