package org.avatarengine.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.enrich.PersonFacts;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.server.AccessToken;
import org.avatarengine.server.Api;
import org.avatarengine.server.LoopbackServer;
import org.avatarengine.server.Tickets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Facts over HTTP: what the page shows, corrects and deletes. */
class FactsViewTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> NOTED = new ArrayList<>();

    @TempDir
    static Path folder;

    private static Graph graph;
    private static LoopbackServer server;
    private static AccessToken token;

    @BeforeAll
    static void serve() {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        Schema.migrate(graph);
        PeopleView people = new PeopleView(graph, new GraphCache(graph), Clock.systemUTC());
        FactsView facts = new FactsView(graph, people);
        Api api = new Api(NOTED::add);
        new PersonView(graph, people, facts).endpoints(api);
        facts.endpoints(api);
        token = AccessToken.in(folder.resolve("token"));
        server = new LoopbackServer(0, token, new Tickets(Clock.systemUTC()), api::routes);
    }

    @AfterAll
    static void stop() {
        server.close();
        graph.close();
    }

    @BeforeEach
    void store() {
        NOTED.clear();
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        graph.write(t -> t.run("""
                CREATE (maya:Person {id: 'maya', name: 'Maya', owner: false}), (leo:Person {id: 'leo', owner: false}),
                       (leo)-[:HAS_HANDLE]->(:Handle {id: '+14155550177'}),
                       (c:Conversation {id: 'c'}), (maya)-[:MEMBER_OF]->(c), (leo)-[:MEMBER_OF]->(c),
                       (maya)-[:SENT]->(m1:Message {id: 'm1', text: 'hi', sentAt: datetime('2024-05-01T10:00:00Z')}),
                       (maya)-[:SENT]->(m2:Message {id: 'm2', text: 'ho', sentAt: datetime('2024-06-01T10:00:00Z')}),
                       (m1)-[:SENT_TO]->(c), (m2)-[:SENT_TO]->(c),
                       (e:Enrichment {id: 'maya:summary', kind: 'SUMMARY', model: 'claude-sonnet-5-5',
                                      at: datetime('2025-01-01T00:00:00Z')}), (maya)-[:HAS_ENRICHMENT]->(e),
                       (a:Fact {id: 'maya:summary#f0', subject: 'Maya', predicate: 'lives in', object: 'Lisbon',
                                key: 'maya|lives in|lisbon', validFrom: '2023', confidence: 0.9}),
                       (b:Fact {id: 'maya:summary#f1', subject: 'Maya', predicate: 'likes', object: 'tea',
                                key: 'maya|likes|tea', confidence: 0.5}),
                       (d:Fact {id: 'leo:summary#f0', subject: 'Maya', predicate: 'lives in', object: 'Faro',
                                key: 'maya|lives in|faro', confidence: 0.4}),
                       (e)-[:STATES]->(a), (e)-[:STATES]->(b), (a)-[:LEARNT_FROM]->(maya), (b)-[:LEARNT_FROM]->(maya),
                       (d)-[:LEARNT_FROM]->(leo), (a)-[:SHOWN_BY]->(m2), (a)-[:SHOWN_BY]->(m1)""", Map.of()));
    }

    private HttpResponse<String> ask(String path, JsonNode body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Authorization", "Bearer " + token.text());
        if (!body.isMissingNode()) {
            request.POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private JsonNode facts(String person) throws Exception {
        return JSON.readTree(ask("/api/person?id=" + person, MissingNode.getInstance())
                        .body())
                .path("facts");
    }

    /** The part of a fact by which the page names it. */
    private static ObjectNode chosen(JsonNode entry) {
        ObjectNode chosen = JSON.createObjectNode().put("person", "maya");
        for (String field : List.of("id", "subject", "predicate", "object")) {
            chosen.put(field, entry.path("fact").path(field).asString());
        }
        return chosen;
    }

    private static ObjectNode correction(ObjectNode chosen, String to) {
        ObjectNode correction = JSON.createObjectNode().put("to", to);
        correction.set("fact", chosen);
        return correction;
    }

    @Test
    void aFactHasItsSourceItsMessagesAndWhatContradictsIt() throws Exception {
        JsonNode home = facts("maya").get(0);
        JsonNode fact = home.path("fact");
        assertThat(fact.path("object").asString()).isEqualTo("Lisbon");
        assertThat(fact.path("validFrom").asString()).isEqualTo("2023");
        assertThat(fact.path("model").asString()).isEqualTo("claude-sonnet-5-5");
        assertThat(fact.path("at").asString()).isEqualTo("2025-01-01T00:00:00Z");
        assertThat(fact.path("first").asString()).isEqualTo("2024-05-01T10:00:00Z");
        assertThat(fact.path("last").asString()).isEqualTo("2024-06-01T10:00:00Z");
        assertThat(fact.path("evidence").toString()).isEqualTo("[\"m1\",\"m2\"]");
        JsonNode other = home.path("contradictions").get(0);
        assertThat(other.path("object").asString()).isEqualTo("Faro");
        assertThat(other.path("personName").asString()).isEqualTo("+14155550177");
        assertThat(other.path("evidence").isEmpty()).isTrue();
        JsonNode tea = facts("maya").get(1);
        assertThat(tea.path("contradictions").isEmpty()).isTrue();
        assertThat(tea.path("fact").path("first").isNull()).isTrue();
        assertThat(facts("leo")
                        .get(0)
                        .path("contradictions")
                        .get(0)
                        .path("person")
                        .asString())
                .isEqualTo("maya");
    }

    @Test
    void aCorrectionIsTheUsersWordAndSettlesTheContradiction() throws Exception {
        JsonNode home = facts("maya").get(0);
        HttpResponse<String> answer = ask("/api/person/facts/correct", correction(chosen(home), "  Porto "));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode now = facts("maya");
        assertThat(JSON.readTree(answer.body())).as("nothing is out of date").isEqualTo(now);
        JsonNode fact = now.get(0).path("fact");
        assertThat(fact.path("object").asString()).isEqualTo("Porto");
        assertThat(fact.path("byUser").asBoolean()).isTrue();
        assertThat(fact.path("model").isNull()).isTrue();
        assertThat(fact.path("messages").asInt()).isEqualTo(2);
        assertThat(now.get(0).path("contradictions").isEmpty()).isTrue();
        JsonNode faro = facts("leo").get(0);
        assertThat(faro.path("contradictions").get(0).path("byUser").asBoolean())
                .isTrue();
        assertThat(NOTED).containsExactly("/api/person/facts/correct");
    }

    @Test
    void aDeletedFactIsGone() throws Exception {
        HttpResponse<String> answer =
                ask("/api/person/facts/delete", chosen(facts("maya").get(0)));
        assertThat(JSON.readTree(answer.body())).hasSize(1);
        assertThat(new PersonFacts(graph).of("maya"))
                .extracting(PersonFacts.StoredFact::object)
                .containsExactly("tea");
        assertThat(facts("leo").get(0).path("contradictions").isEmpty()).isTrue();
    }

    @Test
    void wrongRequestsChangeNothing() throws Exception {
        JsonNode before = facts("maya");
        ObjectNode home = chosen(before.get(0));
        assertThat(ask("/api/person/facts/correct", correction(home, "  ")).statusCode())
                .isEqualTo(400);
        assertThat(ask("/api/person/facts/correct", correction(home, "x".repeat(501)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(ask("/api/person/facts/correct", JSON.createObjectNode().put("to", "Porto"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(ask("/api/person/facts/delete", JSON.createObjectNode()).statusCode())
                .isEqualTo(404);
        assertThat(ask("/api/person/facts/delete", home.deepCopy().put("person", "leo"))
                        .statusCode())
                .as("a fact of somebody else")
                .isEqualTo(404);
        HttpResponse<String> stale =
                ask("/api/person/facts/delete", home.deepCopy().put("object", "Coimbra"));
        assertThat(stale.statusCode())
                .as("the id belongs to another fact by now")
                .isEqualTo(404);
        assertThat(stale.body()).contains("Reload the page.");
        assertThat(facts("maya")).isEqualTo(before);
        assertThat(NOTED).isEmpty();
    }
}
