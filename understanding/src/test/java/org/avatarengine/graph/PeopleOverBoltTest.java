package org.avatarengine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.PortraitReader;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.people.Duplicates;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Nicknames;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;

/** Everything that is done with people, on a server reached by Bolt: the Cypher is the same as on the embedded graph. */
class PeopleOverBoltTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");

    @TempDir
    static Path folder;

    @Test
    void peopleAreMergedAndAnalyzedOnAServer() throws Exception {
        int port = BoltGraphTest.freePort();
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        try (EmbeddedGraph server =
                        EmbeddedGraph.open(folder.resolve("server"), new EmbeddedGraph.Bolt(port, "a long password"));
                Graph graph = BoltGraph.connect(
                        URI.create("neo4j://127.0.0.1:" + port), AuthTokens.basic("neo4j", "a long password"))) {
            assertThat(server.place()).isNotEqualTo(graph.place());
            Schema.migrate(graph);
            try (Source source =
                    ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
                new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
            }
            People people = new People(graph);
            Person maya = people.find("Maya");
            Person walter = people.find("Walter");
            Merges merges = new Merges(graph);
            merges.merge(maya.id(), walter.id(), new Merges.Reason("test", 0.9, java.util.List.of("because")));
            assertThat(people.find("Maya").sent()).isEqualTo(maya.sent() + walter.sent());
            merges.unmerge(walter.id());
            assertThat(people.find("Maya")).isEqualTo(maya);
            assertThat(people.find("Walter")).isEqualTo(walter);
            merges.keepApart(maya.id(), walter.id());
            assertThat(merges.keptApart()).hasSize(1);
            assertThat(new Duplicates(graph).find(0.9, 0.6).sure()).isEmpty();

            PortraitStore store = new PortraitStore(graph);
            Analysis.Findings findings = new Analysis(
                            graph, ZoneId.of("America/New_York"), text -> null, (stage, done, total) -> {}, () -> false)
                    .of(Set.of(maya.id()));
            store.store(findings, done -> {});
            assertThat(store.candidates(50).outdated()).doesNotContain(maya.id());
            assertThat(store.state(maya.id())).isEqualTo(PortraitStore.State.FRESH);
            assertThat(new PortraitReader(graph).read(maya))
                    .isEqualTo(findings.portraits().getFirst());
            assertThat(graph.read("""
                    MATCH (:Person {id: $id})-[:HAS_RELATIONSHIP]->(r:RelationshipPattern)-[:WITH]->(:Person {owner: true})
                    RETURN r.family AS family, r.role AS role""", Map.of("id", maya.id()))).singleElement().satisfies(row -> {
                assertThat(row.text("family")).isEqualTo("ROMANTIC");
                assertThat(row.text("role")).isEqualTo("partner");
            });
            new Nicknames(graph).add(maya, "Bear queen");
            assertThat(people.find("bear queen")).isEqualTo(maya);
        }
    }
}
