package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.PortraitReader;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.app.people.Portraits;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.vectors.VectorStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands read portraits from the graph. The tests run in the order in which a user runs such commands. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoredPortraitTest {
    private static final String OLD = "The stored portrait is older than the messages. Analyzing again.";

    @TempDir
    static Path shared;

    @BeforeAll
    static void importTheDemo() throws Exception {
        DemoLife.Written life = DemoLife.write(shared.resolve("life"));
        Ran ran = avatar("import", "--db", life.database(), "--contacts", life.addressBook(), "--data", data());
        assertThat(ran.code()).as(ran.err()).isZero();
        avatar("people", "consent", "Zoe", "--data", data());
    }

    private static Path data() {
        return shared.resolve("data");
    }

    private static Graph graph() {
        return EmbeddedGraph.open(data().resolve("graph"));
    }

    private static void change(String cypher) {
        try (Graph graph = graph()) {
            graph.write(transaction -> {
                DataVersion.advance(transaction);
                return transaction.run(cypher, Map.of());
            });
        }
    }

    private static String stored(String name, String property) {
        try (Graph graph = graph()) {
            return graph
                    .read(
                            "MATCH (:Person {name: $name})-[:HAS_PROFILE]->(x) RETURN x." + property + " AS value",
                            Map.of("name", name))
                    .stream()
                    .map(row -> row.requireText("value"))
                    .collect(Collectors.joining(","));
        }
    }

    private static JsonNode profile(String name) {
        Ran ran = avatar("profile", name, "--data", data(), "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json();
    }

    @Test
    @Order(1)
    void aMissingPortraitIsComputedOnce() {
        assertThat(stored("Maya Okafor", "computedAt")).isEmpty();
        JsonNode made = profile("Maya");
        String at = stored("Maya Okafor", "computedAt");
        assertThat(at).isNotEmpty();
        assertThat(stored("Maya Okafor", "refreshed")).isEqualTo("true");
        JsonNode read = profile("Maya");
        assertThat(read).isEqualTo(made);
        assertThat(stored("Maya Okafor", "computedAt")).isEqualTo(at);
    }

    @Test
    @Order(2)
    void anAvatarUsesTheStoredPortrait() {
        assertThat(stored("Zoe Lin", "computedAt")).isEmpty();
        Ran first = avatar("ask", "Zoe", "how was the show?", "--model", "nearest", "--data", data());
        assertThat(first.code()).as(first.err()).isZero();
        String at = stored("Zoe Lin", "computedAt");
        assertThat(at).isNotEmpty();
        Ran second = avatar("ask", "Zoe", "how was the show?", "--model", "nearest", "--data", data());
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).doesNotContain("analyzing");
        assertThat(stored("Zoe Lin", "computedAt")).isEqualTo(at);
    }

    @Test
    @Order(3)
    void aPortraitIsReadAsItWasStored() throws Exception {
        Ran ran = avatar("analyze", "--min-messages", "1", "--data", data());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(stored("Maya Okafor", "refreshed")).isEqualTo("false");
        try (Graph graph = graph();
                VectorStore vectors = Portraits.vectors(data())) {
            List<Person> people = new People(graph).all();
            Set<String> ids = people.stream().map(Person::id).collect(Collectors.toSet());
            Analysis.Findings findings =
                    new Analysis(graph, ZoneId.systemDefault(), vectors::get, Progress.SILENT, () -> false).of(ids);
            new PortraitStore(graph).store(findings, done -> {});
            Map<String, Portrait> painted = findings.portraits().stream()
                    .collect(Collectors.toMap(portrait -> portrait.person().id(), Function.identity()));
            assertThat(painted.values().stream()
                            .anyMatch(portrait -> !portrait.topics().isEmpty()))
                    .isTrue();
            for (Person person : people) {
                assertThat(new PortraitReader(graph).read(person)).isEqualTo(painted.get(person.id()));
            }
        }
    }

    @Test
    @Order(4)
    void commandsShowTheStoredPortrait() {
        change("MATCH (:Person {name: 'Maya Okafor'})-[:HAS_PROFILE]->(x) SET x.notes = ['Written into the graph.']");
        change("MATCH (:Person {name: 'Maya Okafor'})-[:HAS_TRIGGER]->(x) DETACH DELETE x");
        Ran text = avatar("profile", "Maya", "--data", data());
        assertThat(text.out()).contains("Written into the graph.");
        assertThat(text.err()).as("nothing is analyzed").isEmpty();
        assertThat(profile("Maya").path("triggers").size()).isZero();
        change("""
                MATCH (:Person {name: 'Maya Okafor'})-[:HAS_STYLE_PATTERN]->(x)-[:WITH]->({owner: true})
                SET x.lowerCaseStart = 0.0, x.finalPeriod = 1.0""");
        Ran prompt = avatar("prompt", "Maya", "--data", data());
        assertThat(prompt.err()).as("nothing is analyzed").isEmpty();
        assertThat(prompt.out()).contains("Starts in lower case 0", "ends with a full stop 100");
    }

    @Test
    @Order(5)
    void anOutdatedPortraitIsAnnouncedAndComputedAgain() {
        long messages = profile("Maya").path("language").path("messages").asLong();
        change("""
                MATCH (p:Person {name: 'Maya Okafor'})-[:SENT]->(:Message)-[:SENT_TO]->(c) WHERE NOT c.group
                WITH p, c LIMIT 1
                CREATE (p)-[:SENT]->(:Message {id: 'late', text: 'one more thing',
                    sentAt: datetime('2024-06-01T12:00:00Z')})-[:SENT_TO]->(c)""");
        Ran old = avatar("profile", "Maya", "--data", data(), "--json");
        assertThat(old.err().lines().filter(OLD::equals)).hasSize(1);
        assertThat(old.json().path("language").path("messages").asLong()).isEqualTo(messages + 1);
        assertThat(old.json().path("notes").toString()).doesNotContain("Written into the graph.");
        Ran fresh = avatar("prompt", "Maya", "--data", data());
        assertThat(fresh.err()).isEmpty();
        Ran others = avatar("profile", "me", "--data", data());
        assertThat(others.err())
                .as("the portraits of others in that conversation are computed again, too")
                .isEmpty();
    }
}
