package org.avatarengine.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.people.Duplicates.Candidate;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges, unmerges and finds duplicates on the demo life with a few more people. */
class MergesTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");

    @TempDir
    static Path folder;

    private static Graph graph;
    private static DemoLife.Written life;

    @BeforeAll
    static void open() throws Exception {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        life = DemoLife.write(folder.resolve("life"));
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    @BeforeEach
    void fill() throws Exception {
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        Schema.migrate(graph);
        read();
    }

    private static void read() throws Exception {
        try (Source source =
                ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
            new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
    }

    /** All people with their links, without bookkeeping data. */
    private static List<String> dump() {
        List<String> lines = new ArrayList<>();
        graph.read(
                "MATCH (p:Person) RETURN p.id AS id, p.name AS name, p.contactIds AS contacts ORDER BY id",
                Map.of(),
                row -> lines.add(row.values().toString()));
        graph.read(
                "MATCH (p:Person)-[r]-(x) RETURN p.id AS p, type(r) AS t, labels(x)[0] AS l, x.id AS x, properties(r) AS s"
                        + " ORDER BY p, t, l, x",
                Map.of(),
                row -> lines.add(row.values().toString()));
        return lines;
    }

    private static Person find(String name) {
        return new People(graph).find(name);
    }

    @Test
    void mergingAndUnmergingRestoresTheGraph() {
        List<String> before = dump();
        Merges merges = new Merges(graph);
        Person maya = find("Maya");
        Person walter = find("Walter");
        Person other = find("Priya");
        merges.merge(maya.id(), walter.id(), Merges.Reason.BY_HAND);
        merges.merge(other.id(), maya.id(), new Merges.Reason("test", 0.93, List.of("because")));
        Person one = find("Priya");
        assertThat(one.sent()).isEqualTo(maya.sent() + walter.sent() + other.sent());
        assertThat(merges.from(walter.id())).extracting(Merges.Merge::kept).containsExactly(maya.id(), other.id());
        assertThat(merges.all()).hasSize(2).extracting(Merges.Merge::name).contains("Walter Rivera", "Maya Okafor");
        assertThatThrownBy(() -> merges.unmerge(walter.id()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("Undo that first");
        merges.unmerge(maya.id());
        merges.unmerge(walter.id());
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void aMergeSurvivesReadingTheSourceAgain() throws Exception {
        Merges merges = new Merges(graph);
        Person maya = find("Maya");
        Person walter = find("Walter");
        merges.merge(maya.id(), walter.id(), Merges.Reason.BY_HAND);
        List<String> merged = dump();
        graph.write(t -> t.run("MATCH (s:Source) DELETE s", Map.of()));
        read();
        assertThat(dump()).isEqualTo(merged);
        assertThat(find("Maya").sent()).isEqualTo(maya.sent() + walter.sent());
    }

    @Test
    void theOwnerAndPeopleMarkedAsDifferentAreNotMerged() {
        Merges merges = new Merges(graph);
        Person maya = find("Maya");
        Person walter = find("Walter");
        assertThatThrownBy(() -> merges.merge(maya.id(), People.OWNER, Merges.Reason.BY_HAND))
                .isInstanceOf(GraphException.class);
        merges.keepApart(walter.id(), maya.id());
        assertThatThrownBy(() -> merges.merge(maya.id(), walter.id(), Merges.Reason.BY_HAND))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("marked as different people");
        assertThat(merges.allow(maya.id(), walter.id())).isTrue();
        assertThat(merges.allow(maya.id(), walter.id())).isFalse();
    }

    private static void person(Mutations m, String id, String name, List<String> addresses) {
        m.node(NodeLabel.PERSON, id).put("name", name).put("owner", false).put("addresses", addresses);
    }

    @Test
    void duplicatesAreFoundWithEvidence() {
        Mutations m = new Mutations();
        person(m, "bob1", "Robert Castellanos", List.of("+14155550177", "rcastellanos@example.com"));
        person(m, "bob2", "Bob Castellanos", List.of("4155550177"));
        person(m, "ann1", "Anneliese Vogt", List.of("+4930123456"));
        person(m, "ann2", "Vogt Anneliese", List.of("anneliese.vogt@example.org"));
        person(m, "nameless", null, List.of("castellanos.bob@example.net"));
        person(m, "twin1", "Roberta Castellano", List.of("+14155550199"));
        graph.write(t -> t.apply(m));
        Duplicates.Found found = new Duplicates(graph).find(0.9, 0.6);
        assertThat(found.sure())
                .extracting(c -> c.gone().id() + ">" + c.kept().id())
                .containsExactlyInAnyOrder("bob1>bob2", "ann1>ann2");
        assertThat(found.open())
                .extracting(c -> c.gone().id() + ">" + c.kept().id())
                .containsExactly("nameless>bob2"); // not Roberta: the numbers differ
        Candidate bob = found.sure().stream()
                .filter(c -> c.gone().id().equals("bob1"))
                .findFirst()
                .orElseThrow();
        assertThat(bob.why()).anyMatch(w -> w.startsWith("given name: short form"));
        assertThat(bob.why()).anyMatch(w -> w.startsWith("phone number: same except for the prefix"));

        new Merges(graph).keepApart("bob1", "bob2");
        Duplicates.Found without = new Duplicates(graph).find(0.9, 0.6);
        assertThat(without.sure())
                .extracting(c -> c.gone().id())
                .contains("ann1")
                .doesNotContain("bob1");
        assertThat(without.open())
                .noneMatch(c -> List.of(c.gone().id(), c.kept().id()).containsAll(List.of("bob1", "bob2")));
    }
}
