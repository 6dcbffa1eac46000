package org.avatarengine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphException;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.ingest.Progress;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.persona.PersonaPrompt;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles and prompts on the demo life, and on four messages whose figures can be worked out by hand. */
class ProfilerTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final HandleNormalizer US = new HandleNormalizer("US");

    @TempDir
    static Path folder;

    private static Graph graph;
    private static People people;

    @BeforeAll
    static void open() throws Exception {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        Schema.migrate(graph);
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        try (Source source =
                ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
            new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
        graph.write(t -> t.apply(pair()));
        graph.awaitIndexes();
        people = new People(graph);
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    /** Xenia and Yuri, alone with each other: times, lengths and marks chosen so that each figure is known. */
    private static Mutations pair() {
        Mutations m = new Mutations();
        m.node(NodeLabel.CONVERSATION, "xy").put("group", false);
        for (String id : List.of("Xenia", "Yuri")) {
            m.node(NodeLabel.PERSON, id).put("name", id).put("owner", false);
            m.link(NodeLabel.PERSON, id, "MEMBER_OF", NodeLabel.CONVERSATION, "xy");
        }
        message(m, 1, "Yuri", "2024-05-06T13:00:00Z", "hello?");
        message(m, 2, "Xenia", "2024-05-06T13:01:00Z", "Zounds, zounds indeed!"); // Monday, 9 in New York
        message(m, 3, "Xenia", "2024-05-06T13:01:30Z", "i am HERE 🦊🦊");
        message(m, 4, "Yuri", "2024-05-07T02:00:00Z", "ok");
        message(m, 5, "Xenia", "2024-05-07T02:03:00Z", "zounds."); // still Monday in New York, 22
        message(m, 6, "Yuri", "2024-05-08T20:00:00Z", "?");
        message(m, 7, "Xenia", "2024-05-09T20:00:00Z", "zounds"); // a day later: no reply
        return m;
    }

    private static void message(Mutations m, int number, String sender, String at, String text) {
        m.node(NodeLabel.MESSAGE, "xy" + number)
                .put("text", text)
                .put("sentAt", Instant.parse(at))
                .put("row", number);
        m.link(NodeLabel.PERSON, sender, "SENT", NodeLabel.MESSAGE, "xy" + number);
        m.link(NodeLabel.MESSAGE, "xy" + number, "SENT_TO", NodeLabel.CONVERSATION, "xy");
    }

    private static Profile profile(String name) {
        return new Profiler(graph, NEW_YORK).of(people.find(name));
    }

    @Test
    void figuresAreThoseWorkedOutByHand() {
        Profile x = profile("Xenia");
        assertThat(x.activity().messages()).isEqualTo(4);
        assertThat(x.activity().activeDays()).isEqualTo(2);
        assertThat(x.activity().hours().get(9)).isEqualTo(0.5);
        assertThat(x.activity().hours().get(22)).isEqualTo(0.25);
        assertThat(x.activity().weekdays().getFirst()).isEqualTo(0.75);
        // Words per message: 3, 3, 1, 1.
        assertThat(x.length().medianWords()).isEqualTo(2);
        assertThat(x.length().meanWords()).isEqualTo(2);
        assertThat(x.length().p90Words()).isCloseTo(3, within(1e-9));
        Profile.Style style = x.style();
        assertThat(style.lowerCaseStart()).isEqualTo(0.75);
        assertThat(style.finalPeriod()).isEqualTo(0.25);
        assertThat(style.exclamations()).isEqualTo(0.25);
        assertThat(style.questions()).isZero();
        assertThat(style.withEmoji()).isEqualTo(0.25);
        assertThat(style.burst()).isEqualTo(0.25);
        assertThat(x.emoji()).containsExactly(new Profile.Counted("🦊", 2));
        assertThat(x.words()).contains(new Profile.Counted("zounds", 4));
        assertThat(x.partners()).singleElement().satisfies(p -> {
            assertThat(p.name()).isEqualTo("Yuri");
            assertThat(p.sent()).isEqualTo(4);
            assertThat(p.received()).isEqualTo(3);
            // Answers after 60 and 180 seconds; the one after a day is none.
            assertThat(p.replies()).isEqualTo(2);
            assertThat(p.medianReplySeconds()).isEqualTo(120);
        });
    }

    @Test
    void eachVoiceOfTheDemoIsHeard() {
        assertThat(profile("Maya").style().lowerCaseStart()).isGreaterThan(0.9);
        assertThat(profile("Elena").style().lowerCaseStart()).isLessThan(0.05);
        assertThat(profile("Zoe").style().exclamations()).isGreaterThan(0.8);
        assertThat(profile("Priya").style().exclamations()).isLessThan(0.05);
        assertThat(profile("Walter").length().medianWords())
                .isGreaterThan(3 * profile("Leo Rivera").length().medianWords());
        assertThat(profile("Ben Ackerman").words())
                .extracting(Profile.Counted::text)
                .contains("fwiw", "tbh");
        assertThat(profile("Walter").phrases())
                .extracting(Profile.Phrase::text)
                .anyMatch(p -> p.contains("grandpa walter"));
        assertThat(profile("Maya").words()).extracting(Profile.Counted::text).contains("bear");
    }

    @Test
    void phrasesCarryTheMessagesThatShowThem() {
        Profile.Phrase phrase = profile("Elena").phrases().stream()
                .filter(p -> p.text().contains("love mom"))
                .findFirst()
                .orElseThrow();
        for (String id : phrase.evidence()) {
            assertThat(graph.read("MATCH (m:Message {id: $id}) RETURN m.text AS text", java.util.Map.of("id", id)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.requireText("text")).contains("Love, Mom"));
        }
        assertThat(phrase.evidence()).hasSize(3);
    }

    @Test
    void anAudienceNarrowsTheProfile() {
        Person leo = people.find("Leo Rivera");
        Profile withSam = new Profiler(graph, NEW_YORK).of(leo, people.find("me"));
        Profile all = new Profiler(graph, NEW_YORK).of(leo);
        assertThat(withSam.activity().messages())
                .isPositive()
                .isLessThan(all.activity().messages());
    }

    @Test
    void peopleAreFoundByNamePartNicknameAddressAndMe() {
        assertThat(people.find("maya okafor").name()).isEqualTo("Maya Okafor");
        assertThat(people.find("Okafor").name()).isEqualTo("Maya Okafor");
        assertThat(people.find("grandpa").name()).isEqualTo("Walter Rivera");
        assertThat(people.find("+12125550155").name()).isEqualTo("Priya Nair");
        assertThat(people.find("me").name()).isEqualTo("Sam Rivera");
        assertThatThrownBy(() -> people.find("Rivera"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("could be 4 people");
        assertThatThrownBy(() -> people.find("Voldemort"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("There is nobody called");
    }

    @Test
    void aPromptQuotesOnlyWhatThePartnerTookPartIn() {
        // Zoe told Sam alone about the job, first; the crew learnt later that she moves.
        PersonaPrompt.Prompt prompt =
                new PersonaPrompt(graph, NEW_YORK).write(people.find("Zoe"), people.find("Tom"), "job denver");
        assertThat(prompt.messageIds()).isNotEmpty();
        assertThat(prompt.text()).contains("denver").doesNotContain("i got the job");
        for (String id : prompt.messageIds()) {
            assertThat(graph.read(
                            "MATCH (m:Message {id: $id})-[:SENT_TO]->()<-[:MEMBER_OF]-(p:Person {name: 'Tomás Becker'})"
                                    + " RETURN p",
                            java.util.Map.of("id", id)))
                    .as(id)
                    .isNotEmpty();
        }
    }

    @Test
    void aPromptSaysWhatIsNotOnRecord() {
        PersonaPrompt.Prompt prompt = new PersonaPrompt(graph, NEW_YORK)
                .write(people.find("Priya"), people.find("Ines"), "+quantum && \"chromodynamics\"(");
        assertThat(prompt.text())
                .contains("They have no conversation of two on record.")
                .contains("Nothing on record.");
        assertThat(prompt.messageIds()).isEmpty();
    }
}
