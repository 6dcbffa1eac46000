package org.avatarengine.exclusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.people.Consents;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusionsTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** Every property of every node that holds a text, but of the exclusion itself. */
    private static final String MENTIONS = """
            MATCH (n) WHERE NOT n:Exclusion AND NOT n:Message UNWIND keys(n) AS k
            WITH n, k, CASE WHEN valueType(n[k]) STARTS WITH 'LIST' THEN n[k] ELSE [n[k]] END AS values
            WHERE any(x IN values WHERE toStringOrNull(x) CONTAINS $text)
            RETURN labels(n)[0] + '.' + k AS place""";

    @TempDir
    Path folder;

    private Graph graph;
    private DemoLife.Written life;

    @BeforeEach
    void open() throws Exception {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        Schema.migrate(graph);
        life = DemoLife.write(folder.resolve("life"));
        read();
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private void read() throws Exception {
        try (Source source =
                ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
            new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
    }

    private long count(String label) {
        return graph.read("MATCH (n:" + label + ") RETURN count(n) AS n", Map.of())
                .getFirst()
                .number("n");
    }

    private List<String> places(String text) {
        return graph.read(MENTIONS, Map.of("text", text)).stream()
                .map(row -> row.requireText("place"))
                .toList();
    }

    @Test
    void anExcludedPersonIsRemovedEverywhereAndComesBackCompletely() throws Exception {
        List<String> labels = List.of("Person", "Handle", "Conversation", "Message", "Reaction", "Attachment", "Edit");
        List<Long> before = labels.stream().map(this::count).toList();
        People people = new People(graph);
        Person maya = people.find("Maya Okafor");
        Person zoe = people.find("Zoe");
        assertThat(places("Okafor")).isNotEmpty();

        Exclusions exclusions = new Exclusions(graph);
        assertThat(exclusions.exclude(maya, NOW)).isGreaterThan(maya.sent());
        assertThatThrownBy(() -> people.find("Maya")).isInstanceOf(GraphException.class);
        assertThat(places("Okafor")).isEmpty();
        maya.handles().forEach(handle -> assertThat(places(handle)).isEmpty());
        assertThat(people.find("Zoe").sent()).as("others lose nothing").isEqualTo(zoe.sent());

        read();
        assertThat(places("Okafor")).as("an import brings nothing back").isEmpty();
        assertThat(count("Message")).isLessThan(before.get(3));

        assertThatThrownBy(() -> exclusions.include("Nobody"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("is excluded");
        exclusions.include("maya okafor");
        read();
        assertThat(labels.stream().map(this::count).toList()).isEqualTo(before);
        assertThat(exclusions.all()).isEmpty();
    }

    @Test
    void theOwnerCannotBeExcluded() {
        Person owner = new People(graph).find("me");
        assertThatThrownBy(() -> new Exclusions(graph).exclude(owner, NOW)).isInstanceOf(GraphException.class);
    }

    @Test
    void consentIsGivenAndWithdrawn() {
        Consents consents = new Consents(graph);
        Person zoe = new People(graph).find("Zoe");
        assertThat(consents.given(zoe)).isFalse();
        assertThat(consents.given(new People(graph).find("me")))
                .as("the owner's own")
                .isTrue();
        consents.give(zoe, NOW);
        assertThat(consents.given(zoe)).isTrue();
        assertThat(consents.all()).containsExactly(new Consents.Consent(zoe.id(), zoe.name(), NOW));
        consents.withdraw(zoe);
        assertThat(consents.given(zoe)).isFalse();
    }
}
