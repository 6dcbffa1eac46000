package org.avatarengine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.validation.Validation.Finding;
import org.avatarengine.validation.Validation.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    @TempDir
    static Path folder;

    private static Graph graph;

    @BeforeAll
    static void open() {
        graph = EmbeddedGraph.open(folder);
        Schema.migrate(graph);
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    /** A valid graph: two people with a message, a portrait and a passage. */
    @BeforeEach
    void fill() {
        write("MATCH (n) WHERE NOT n:AvatarSystem DETACH DELETE n");
        write("""
                CREATE (a:Person {id: 'a', owner: true})-[:HAS_HANDLE]->(h:Handle {id: '+1'}),
                       (b:Person {id: 'b', owner: false})-[:HAS_HANDLE]->(:Handle {id: '+2'}),
                       (c:Conversation {id: 'c'}), (a)-[:MEMBER_OF]->(c), (b)-[:MEMBER_OF]->(c),
                       (b)-[:SENT]->(m:Message {id: 'm', text: 'hi', sentAt: datetime()})-[:SENT_TO]->(c),
                       (b)-[:HAS_PROFILE]->(:CommunicationProfile {id: 'b', evidence: []}),
                       (b)-[:USES_PHRASE]->(:SignaturePhrase {id: 'b|hi', evidence: ['m']}),
                       (:Passage {id: 'p', conversation: 'c', messageIds: ['m']})""");
    }

    private static void write(String cypher) {
        graph.write(transaction -> transaction.run(cypher, Map.of()));
    }

    private static List<Finding> wrong() {
        return new Validation(graph)
                .run().stream().filter(f -> f.severity() != Severity.FINE).toList();
    }

    @Test
    void aValidGraphHasNoFindings() {
        assertThat(wrong()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MATCH (:Message)-[r:SENT_TO]->() DELETE r | messages in no conversation | PROBLEM | m",
                "MATCH (m:Message) CREATE (m)-[:SENT_TO]->(:Conversation {id: 'd'}) | messages in more than one conversation | PROBLEM | m",
                "MATCH (m:Message), (a:Person {id: 'a'}) CREATE (a)-[:SENT]->(m) | messages sent by more than one person | PROBLEM | m",
                "MATCH ()-[r:SENT]->() DELETE r | written messages without a sender | NOTE | m",
                "MATCH (m:Message) REMOVE m.sentAt | messages without a time | NOTE | m",
                "MATCH (m:Message) SET m.replyTo = 'x' | replies to messages that are not stored | NOTE | m",
                "CREATE (:Reaction {id: 'r'}) | reactions to messages that are not stored | NOTE | r",
                "CREATE (:Conversation {id: 'd'}) | conversations without members | NOTE | d",
                "CREATE (:Handle {id: '+3'}) | addresses without a person | PROBLEM | +3",
                "MATCH (a:Person {id: 'a'}), (h:Handle {id: '+2'}) CREATE (a)-[:HAS_HANDLE]->(h) | addresses of more than one person | PROBLEM | +2",
                "MATCH (b:Person {id: 'b'}) SET b.owner = true | more than one owner | PROBLEM | a",
                "CREATE (:EntityMapping {id: 'x', kind: 'MERGED'}) | merges into a missing person | PROBLEM | x",
                "MATCH ()-[r:HAS_PROFILE]->() DELETE r | analysis findings without a person | PROBLEM | b",
                "MATCH (x:SignaturePhrase) SET x.evidence = ['gone'] | findings"
                        + " whose messages are missing | NOTE | b|hi",
                "MATCH (p:Passage) SET p.conversation = 'gone' | passages of missing conversations | PROBLEM | p",
                "MATCH (p:Passage) SET p.messageIds = ['gone'] | passages of missing messages | NOTE | p",
            })
    void damageIsReported(String damage, String what, Severity severity, String example) {
        write(damage);
        assertThat(wrong())
                .filteredOn(finding -> finding.what().equals(what))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.count()).isPositive();
                    assertThat(finding.examples().getFirst()).startsWith(example);
                });
    }

    @Test
    void aMissingConstraintIsReported() {
        graph.changeSchema("DROP CONSTRAINT message_id");
        try {
            assertThat(wrong())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.examples()).containsExactly("message_id"));
        } finally {
            graph.changeSchema("CREATE CONSTRAINT message_id FOR (n:Message) REQUIRE n.id IS UNIQUE");
        }
    }
}
