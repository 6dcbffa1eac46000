package org.avatarengine.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Nicknames;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of people, read back, and noticed to be old. */
class PortraitReaderTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");

    @TempDir
    static Path folder;

    private static Graph graph;
    private static People people;
    private static PortraitStore store;
    private static Set<String> everybody;

    @BeforeAll
    static void open() throws Exception {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        Schema.migrate(graph);
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        try (Source source =
                ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
            new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
        people = new People(graph);
        store = new PortraitStore(graph);
        everybody = people.all().stream().map(Person::id).collect(Collectors.toSet());
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    @BeforeEach
    void forgetPortraits() {
        run("MATCH (m:Message) WHERE m.id STARTS WITH 'test' DETACH DELETE m", Map.of());
        run("MATCH (x:CommunicationProfile) DETACH DELETE x", Map.of());
    }

    /** By one thread, since sums of several differ in their last digits from run to run. */
    private Analysis.Findings analyze(Set<String> wanted) throws InterruptedException {
        return new Analysis(graph, ZoneId.of("America/New_York"), text -> null, Progress.SILENT, () -> false, null, 1)
                .of(wanted);
    }

    private Portrait stored(String id) {
        return Objects.requireNonNull(new PortraitReader(graph).read(people.find(id)));
    }

    private void storeEverybody() throws InterruptedException {
        store.store(analyze(everybody), done -> {});
    }

    /** Changes data as code of the program does. */
    private void run(String cypher, Map<String, Object> parameters) {
        graph.write(transaction -> {
            DataVersion.advance(transaction);
            return transaction.run(cypher, parameters);
        });
    }

    /** An import marks those whose conversations it changes; the messages of the others are not read again. */
    @Test
    void onlyThoseConcernedAreComparedAgain() throws Exception {
        storeEverybody();
        Person maya = people.find("Maya");
        String conversation = conversationWith(maya);
        Set<String> members = of(conversation);
        assertThat(store.changed()).isEmpty();
        // Unnoticed, because nothing tells of it: the messages of Walter are not read.
        Person walter = people.find("Walter");
        graph.write(transaction -> transaction.run(
                "MATCH (:Person {id: $id})-[:SENT]->(m:Message) WITH m LIMIT 1 SET m.editedAt = $at",
                Map.of("id", walter.id(), "at", Instant.parse("2025-01-01T00:00:00Z"))));
        graph.write(transaction -> {
            DataVersion.advance(transaction, Set.of(conversation), Set.of());
            return transaction.run("""
                    MATCH (p:Person {id: $person}) MATCH (c:Conversation {id: $conversation})
                    CREATE (p)-[:SENT]->(:Message {id: 'test-imported', text: 'hello'})-[:SENT_TO]->(c)""", Map.of("person", maya.id(), "conversation", conversation));
        });
        assertThat(store.changed()).isEqualTo(members);
        assertThat(store.state(walter.id())).isEqualTo(PortraitStore.State.FRESH);
        // A new name is noticed by everybody who talks with its bearer, though no message changed.
        graph.write(transaction ->
                transaction.run("MATCH (p:Person {id: $id}) SET p.name = 'Walter White'", Map.of("id", walter.id())));
        assertThat(store.state(walter.id())).isEqualTo(PortraitStore.State.CHANGED);
        run("MATCH (p:Person {id: $id}) SET p.name = $name", Map.of("id", walter.id(), "name", walter.name()));
        run(
                "MATCH (:Person {id: $id})-[:SENT]->(m:Message) WHERE m.editedAt = $at REMOVE m.editedAt",
                Map.of("id", walter.id(), "at", Instant.parse("2025-01-01T00:00:00Z")));
    }

    @Test
    void everyPortraitIsReadAsItWasStored() throws Exception {
        Person maya = people.find("Maya");
        for (int day = 1; day <= 9; day++) {
            send(maya, conversationWith(maya), "test" + day, "good night :)", "2024-06-0" + day + "T22:00:00Z");
        }
        Analysis.Findings findings = analyze(everybody);
        store.store(findings, done -> {});
        assertThat(findings.portraits()).hasSize(everybody.size());
        for (Portrait portrait : findings.portraits()) {
            assertThat(new PortraitReader(graph).read(portrait.person())).isEqualTo(portrait);
        }
        // What nobody has would be read back as nothing, whatever became of it.
        for (String list : List.of(
                "politeness", "emoji", "emoticons", "emojiIntents", "emojiCues", "reactions", "phrases", "words")) {
            assertThat(anyHas(list, findings.portraits())).as(list).isTrue();
        }
        for (String list :
                List.of("greetings", "farewells", "audiences", "triggers", "nicknames", "relationships", "notes")) {
            assertThat(anyHas(list, findings.portraits())).as(list).isTrue();
        }
        List<Portrait.Relationship> relationships = findings.portraits().stream()
                .flatMap(portrait -> portrait.relationships().stream())
                .toList();
        assertThat(relationships.stream().anyMatch(r -> !r.verdict().periods().isEmpty()))
                .isTrue();
        assertThat(relationships.stream().anyMatch(r -> r.coordination() != null))
                .isTrue();
    }

    private static boolean anyHas(String list, List<Portrait> portraits) {
        return portraits.stream().anyMatch(portrait -> {
            try {
                return !((List<?>) Portrait.class.getMethod(list).invoke(portrait)).isEmpty();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void nobodysPortraitIsReadBeforeOneIsStored() {
        String maya = people.find("Maya").id();
        assertThat(new PortraitReader(graph).read(people.find("Maya"))).isNull();
        assertThat(store.state(maya)).isEqualTo(PortraitStore.State.MISSING);
        assertThat(store.changed()).isEmpty();
    }

    @Test
    void portraitsOfOlderVersionsAreNotRead() throws Exception {
        storeEverybody();
        Person maya = people.find("Maya");
        run(
                "MATCH (:Person {id: $id})-[:HAS_PROFILE]->(x) SET x.method = 'analysis-1' REMOVE x.digest",
                Map.of("id", maya.id()));
        assertThat(store.state(maya.id())).isEqualTo(PortraitStore.State.CHANGED);
        assertThat(new PortraitReader(graph).read(maya)).isNull();
    }

    @Test
    void peopleHaveTheirPresentNames() throws Exception {
        storeEverybody();
        String maya = people.find("Maya").id();
        run("MATCH (p:Person {id: $id}) SET p.name = 'Maya Rivera'", Map.of("id", maya));
        assertThat(stored("me").relationships().getFirst().name()).isEqualTo("Maya Rivera");
        assertThat(stored(maya).person().name()).isEqualTo("Maya Rivera");
        run("MATCH (p:Person {id: $id}) SET p.name = 'Maya Okafor'", Map.of("id", maya));
    }

    @Test
    void manualNicknamesAreNotResultsAndRemovedOnesAreGone() throws Exception {
        storeEverybody();
        Person sam = people.find("me");
        new Nicknames(graph).add(sam, "Captain");
        assertThat(stored("me").nicknames())
                .extracting(n -> n.nickname().name())
                .contains("mate")
                .doesNotContain("Captain");
        new Nicknames(graph).remove(sam, "mate");
        assertThat(stored("me").nicknames())
                .extracting(n -> n.nickname().name())
                .doesNotContain("mate");
    }

    /** The ids of those who are in a conversation. */
    private Set<String> of(String conversation) {
        Set<String> members = new HashSet<>();
        graph.read(
                "MATCH (:Conversation {id: $id})<-[:MEMBER_OF]-(p:Person) RETURN p.id AS id",
                Map.of("id", conversation),
                row -> members.add(row.requireText("id")));
        return members;
    }

    private String conversationWith(Person person) {
        return graph.read("""
                MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation)<-[:SENT_TO]-() WHERE NOT c.group
                RETURN c.id AS id, count(*) AS n ORDER BY n DESC, id LIMIT 1""", Map.of("id", person.id())).getFirst().requireText("id");
    }

    private void send(Person person, String conversation, String id, String text, String at) {
        run(
                """
                MATCH (p:Person {id: $person}) MATCH (c:Conversation {id: $conversation})
                CREATE (p)-[:SENT]->(:Message {id: $id, text: $text, sentAt: $at})-[:SENT_TO]->(c)""",
                Map.of(
                        "person",
                        person.id(),
                        "conversation",
                        conversation,
                        "id",
                        id,
                        "text",
                        text,
                        "at",
                        Instant.parse(at)));
    }

    @Test
    void aReplacedMessageIsNoticedInItsConversation() throws Exception {
        Person maya = people.find("Maya");
        String conversation = conversationWith(maya);
        send(maya, conversation, "test1", "I am the old one", "2024-06-01T11:00:00Z");
        storeEverybody();
        assertThat(store.changed()).isEmpty();
        run("MATCH (m:Message {id: 'test1'}) DETACH DELETE m", Map.of());
        send(maya, conversation, "test2", "I am the new one", "2024-06-01T12:00:00Z");
        assertThat(store.changed())
                .isEqualTo(of(conversation))
                .contains(maya.id())
                .hasSizeLessThan(everybody.size());
        assertThat(store.state(maya.id())).isEqualTo(PortraitStore.State.CHANGED);
        assertThat(store.state(people.find("Walter").id())).isEqualTo(PortraitStore.State.FRESH);
    }

    @Test
    void anEditADeletionAndAMergeAreNoticed() throws Exception {
        storeEverybody();
        Person maya = people.find("Maya");
        String conversation = conversationWith(maya);
        Map<String, Object> where = Map.of("id", conversation, "at", Instant.parse("2025-01-01T00:00:00Z"));
        String one = "MATCH (:Conversation {id: $id})<-[:SENT_TO]-(m:Message) WITH m ORDER BY m.id LIMIT 1 ";
        run(one + "SET m.editedAt = $at", where);
        assertThat(store.changed()).isEqualTo(of(conversation));
        run(one + "REMOVE m.editedAt", where);
        assertThat(store.changed()).isEmpty();
        run(one + "SET m.deletedAt = $at", where);
        assertThat(store.changed()).isEqualTo(of(conversation));
        run(one + "REMOVE m.deletedAt", where);
        Person walter = people.find("Walter");
        Merges merges = new Merges(graph);
        merges.merge(maya.id(), walter.id(), Merges.Reason.BY_HAND);
        assertThat(store.changed()).contains(maya.id(), People.OWNER);
        merges.unmerge(walter.id());
        assertThat(store.changed()).isEmpty();
    }

    @Test
    void aRefreshedPortraitEqualsThatOfAFullAnalysis() throws Exception {
        storeEverybody();
        Person maya = people.find("Maya");
        Portrait before = stored(maya.id());
        String conversation = conversationWith(maya);
        for (int i = 0; i < 30; i++) {
            send(
                    maya,
                    conversation,
                    "test" + i,
                    "WHAT a day, bear! Was it " + i + "?",
                    "2024-06-01T12:00:0" + i % 10 + "Z");
        }
        Set<String> changed = store.changed();
        store.storeRefreshed(analyze(changed), done -> {});
        assertThat(store.changed()).isEmpty();
        assertThat(store.candidates(1).outdated())
                .as("what was refreshed is analyzed at the next occasion")
                .isEqualTo(changed);
        Portrait refreshed = stored(maya.id());
        assertThat(refreshed.language().messages()).isEqualTo(before.language().messages() + 30);
        Analysis.Findings all = analyze(everybody);
        for (Portrait portrait : all.portraits()) {
            if (changed.contains(portrait.person().id())) {
                assertThat(stored(portrait.person().id())).isEqualTo(portrait);
            }
        }
    }
}
