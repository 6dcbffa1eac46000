package org.avatarengine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that every executor must pass; run on the embedded graph and over Bolt. */
abstract class GraphContract {
    abstract Graph graph();

    @BeforeEach
    void empty() {
        graph().write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        Schema.migrate(graph());
    }

    @Test
    void valuesAreReturnedUnchanged() {
        Map<String, Object> values = Map.of(
                "text",
                "ümlaut 🦊",
                "number",
                42L,
                "real",
                1.5,
                "truth",
                true,
                "time",
                Instant.parse("2024-05-01T12:00:00.123456789Z"),
                "list",
                List.of("a", "b"),
                "map",
                Map.of("inner", List.of(1L, 2L)));
        Row row = graph().read(
                        "RETURN $text AS text, $number AS number, $real AS real, $truth AS truth, $time AS time,"
                                + " $list AS list, $map AS map",
                        values)
                .getFirst();
        assertThat(row.values()).isEqualTo(values);
    }

    @Test
    void propertiesAreReturnedUnchanged() {
        Instant at = Instant.parse("2024-05-01T12:00:00.123456789Z");
        Mutations mutations = new Mutations();
        mutations
                .node(NodeLabel.MESSAGE, "M")
                .put("text", "hi")
                .put("sentAt", at)
                .put("row", 7L)
                .put("fromOwner", true)
                .put("unsentParts", List.of(1, 2))
                .put("rangeKinds", List.of("LINK"))
                .put("subject", null);
        graph().write(t -> t.apply(mutations));
        Row row = graph().read("MATCH (m:Message) RETURN m", Map.of()).getFirst();
        assertThat(row.values().get("m"))
                .isEqualTo(Map.of(
                        "_labels",
                        List.of("Message"),
                        "id",
                        "M",
                        "text",
                        "hi",
                        "sentAt",
                        at,
                        "row",
                        7L,
                        "fromOwner",
                        true,
                        "unsentParts",
                        List.of(1L, 2L),
                        "rangeKinds",
                        List.of("LINK")));
    }

    @Test
    void writingAgainUpdatesAndAddsNothing() {
        assertThat(graph().write(t -> t.apply(twoPeople("old"))).created(NodeLabel.PERSON))
                .isEqualTo(2);
        assertThat(graph().write(t -> t.apply(twoPeople("new"))).created(NodeLabel.PERSON))
                .isZero();
        assertThat(graph().read(
                                "MATCH (a:Person)-[r:MEMBER_OF]->(c:Conversation) RETURN a.id AS id, a.name AS name,"
                                        + " a.nickname AS nickname, count(r) AS links ORDER BY id",
                                Map.of()))
                .extracting(row -> row.text("name") + row.text("nickname") + row.number("links"))
                .containsExactly("newnull1", "newnull1");
    }

    private static Mutations twoPeople(String name) {
        Mutations mutations = new Mutations();
        mutations.node(NodeLabel.CONVERSATION, Labels.GROUP_CHAT, "C").put("name", "us");
        for (String id : List.of("A", "B")) {
            mutations.node(NodeLabel.PERSON, id).put("name", name).put("nickname", name.equals("old") ? "Nick" : null);
            mutations.link(NodeLabel.PERSON, id, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, "C");
        }
        return mutations;
    }

    @Test
    void linksToMissingNodesAreCountedAndLeftOut() {
        Mutations mutations = new Mutations();
        mutations.node(NodeLabel.REACTION, "R");
        mutations.link(NodeLabel.REACTION, "R", RelationshipTypes.REACTS_TO, NodeLabel.MESSAGE, "GONE");
        assertThat(graph().write(t -> t.apply(mutations)).unresolved()).isEqualTo(1);
    }

    @Test
    void aFailedTransactionStoresNothing() {
        assertThatThrownBy(() -> graph().write(t -> {
                    t.run("CREATE (:Person {id: 'X'})", Map.of());
                    throw new GraphException("no", null);
                }))
                .isInstanceOf(GraphException.class);
        assertThat(graph().read("MATCH (p:Person) RETURN p", Map.of())).isEmpty();
    }

    @Test
    void readingRefusesToWrite() {
        for (String statement : List.of(
                "CREATE (:Person {id: 'X'})",
                "MATCH (n) DETACH DELETE n",
                "MATCH (n) SET n.x = 1 RETURN n",
                "DROP CONSTRAINT person_id")) {
            assertThatThrownBy(() -> graph().read(statement, Map.of()))
                    .as(statement)
                    .isInstanceOf(GraphException.class)
                    .message()
                    .doesNotContain("\n");
        }
        assertThat(graph().read("MATCH (p:Person) RETURN p", Map.of())).isEmpty();
    }

    @Test
    void aWrongStatementGivesAOneLineError() {
        assertThatThrownBy(() -> graph().read("MATCH (p:Person RETURN p", Map.of()))
                .isInstanceOf(GraphException.class)
                .hasMessageStartingWith("The Cypher statement failed: ")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void messagesAreFoundByTheirWords() {
        Mutations mutations = new Mutations();
        mutations.node(NodeLabel.MESSAGE, "1").put("text", "the gallery said yes");
        mutations.node(NodeLabel.MESSAGE, "2").put("text", "ramen tonight?");
        graph().write(t -> t.apply(mutations));
        graph().awaitIndexes();
        assertThat(graph().read(
                                "CALL db.index.fulltext.queryNodes($index, 'gallery') YIELD node RETURN node.id AS id",
                                Map.of("index", Schema.MESSAGE_TEXT)))
                .extracting(row -> row.text("id"))
                .containsExactly("1");
    }

    @Test
    void migratingAgainChangesNothing() {
        Schema.migrate(graph());
        assertThat(graph().read("MATCH (s:AvatarSystem {id: 'schema'}) RETURN s.version AS v", Map.of()))
                .singleElement()
                .satisfies(row -> assertThat(row.number("v")).isEqualTo(Schema.version()));
    }

    @Test
    void aGraphOfANewerProgramIsNotChanged() {
        graph().write(t -> t.run("MATCH (s:AvatarSystem {id: 'schema'}) SET s.version = 999", Map.of()));
        assertThatThrownBy(() -> Schema.migrate(graph()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("made by a newer version");
    }
}
