package org.avatarengine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.emotion.Emotion;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Schema;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.language.LanguageTally.Counted;
import org.avatarengine.language.SignaturePhrases.Phrase;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.people.Nicknames;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.persona.PersonaPrompt;
import org.avatarengine.progress.Progress;
import org.avatarengine.relationship.Family;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Portraits and prompts on the demo life, and on a few messages whose figures can be worked out by hand. */
class AnalysisTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final HandleNormalizer US = new HandleNormalizer("US");

    @TempDir
    static Path folder;

    private static Graph graph;
    private static People people;
    private static Map<String, Portrait> portraits;
    private static Map<String, String> digests;

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
        Analysis.Findings findings = new Analysis(
                        graph, NEW_YORK, text -> null, (stage, done, total) -> {}, () -> false)
                .of(people.all().stream().map(Person::id).collect(Collectors.toSet()));
        portraits = findings.portraits().stream()
                .collect(Collectors.toMap(p -> p.person().id(), p -> p));
        digests = findings.digests();
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
            m.link(NodeLabel.PERSON, id, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, "xy");
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
        m.link(NodeLabel.PERSON, sender, RelationshipTypes.SENT, NodeLabel.MESSAGE, "xy" + number);
        m.link(NodeLabel.MESSAGE, "xy" + number, RelationshipTypes.SENT_TO, NodeLabel.CONVERSATION, "xy");
    }

    private static Portrait portrait(String name) {
        return Objects.requireNonNull(portraits.get(people.find(name).id()));
    }

    @Test
    void figuresAreThoseWorkedOutByHand() {
        Portrait x = portrait("Xenia");
        var rhythm = x.rhythm().figures();
        assertThat(rhythm.messages()).isEqualTo(4);
        assertThat(rhythm.activeDays()).isEqualTo(2);
        assertThat(rhythm.weekHours().get(9)).isEqualTo(2); // Monday, 9
        assertThat(rhythm.weekHours().get(22)).isEqualTo(1);
        assertThat(rhythm.longestGapDays()).isEqualTo(2); // Tuesday and Wednesday
        assertThat(rhythm.months()).containsExactly(Map.entry("2024-05", 4));
        // Words per message: 3, 3, 1, 1.
        var language = x.language();
        assertThat(language.messages()).isEqualTo(4);
        assertThat(language.meanWords()).isEqualTo(2);
        assertThat(language.p90Words()).isEqualTo(3);
        assertThat(language.differentWords()).isEqualTo(5); // zounds, indeed, i, am, here
        assertThat(language.lowerCaseStart().value()).isEqualTo(0.75);
        assertThat(language.finalPeriod().value()).isEqualTo(0.25);
        assertThat(language.exclamations().value()).isEqualTo(0.25);
        assertThat(language.questions().value()).isZero();
        assertThat(language.emoji().value()).isEqualTo(0.25);
        assertThat(language.emoji().low()).isBetween(0.0, 0.25);
        assertThat(language.emoji().of()).isEqualTo(4);
        assertThat(x.emoji()).containsExactly(new Counted("🦊", 2));
        assertThat(x.words()).extracting(Phrase::text).contains("zounds");
        assertThat(x.relationships()).singleElement().satisfies(r -> {
            assertThat(r.name()).isEqualTo("Yuri");
            assertThat(r.verdict().byOne()).isEqualTo(4);
            assertThat(r.verdict().byOther()).isEqualTo(3);
            // Answers after 60 and 180 seconds, and one after exactly a day.
            assertThat(r.reply().answers()).isEqualTo(3);
            assertThat(r.reply().median()).isEqualTo(180.0);
            // Sessions begin with Yuri's first, Yuri's of the evening, Yuri's question and Xenia's last.
            assertThat(r.begun().value()).isEqualTo(0.25);
            assertThat(r.coordination()).as("three answers say nothing").isNull();
        });
    }

    @Test
    void theStylesOfTheDemoAreMeasured() {
        assertThat(portrait("Maya").language().lowerCaseStart().low()).isGreaterThan(0.9);
        assertThat(portrait("Elena").language().lowerCaseStart().high()).isLessThan(0.05);
        assertThat(portrait("Zoe").language().exclamations().value()).isGreaterThan(0.8);
        assertThat(portrait("Priya").language().exclamations().value()).isLessThan(0.05);
        assertThat(portrait("Walter").language().medianWords())
                .isGreaterThan(3 * portrait("Leo Rivera").language().medianWords());
        assertThat(portrait("Ben Ackerman").words()).extracting(Phrase::text).contains("fwiw", "tbh");
        assertThat(portrait("Walter").phrases()).extracting(Phrase::text).anyMatch(p -> p.contains("grandpa walter"));
        assertThat(portrait("Maya").words()).extracting(Phrase::text).contains("bear");
        assertThat(portrait("Maya").greetings())
                .extracting(Portrait.Opening::text)
                .contains("morning love");
        assertThat(portrait("Leo Rivera").language().slang().value())
                .isGreaterThan(3 * portrait("Elena").language().slang().value());
        assertThat(portrait("Zoe").feelings().intensity())
                .isGreaterThan(portrait("Priya").feelings().intensity());
    }

    @Test
    void emojiUsedMoreThanByOthersAreACue() {
        assertThat(portrait("Maya").emojiCues()).first().satisfies(cue -> {
            assertThat(cue.intent()).isEqualTo("affection");
            assertThat(cue.times()).isGreaterThan(1.2);
            assertThat(cue.z()).isGreaterThan(2.58);
        });
        assertThat(portrait("Walter").emojiCues()).isEmpty();
    }

    @Test
    void relationshipsOfTheDemoAreUnderstood() {
        Map<String, Portrait.Relationship> ofSam =
                portrait("me").relationships().stream().collect(Collectors.toMap(Portrait.Relationship::name, r -> r));
        assertThat(ofSam.get("Maya Okafor").verdict().family()).isEqualTo(Family.ROMANTIC);
        assertThat(ofSam.get("Leo Rivera").verdict().family()).isEqualTo(Family.FAMILY);
        assertThat(ofSam.get("Elena Rivera").verdict().family()).isEqualTo(Family.FAMILY);
        assertThat(ofSam.get("Elena Rivera").verdict().roleOfOther()).isEqualTo("mother");
        assertThat(ofSam.get("Tomás Becker").verdict().family()).isEqualTo(Family.FRIEND);
        assertThat(ofSam.get("Priya Nair").verdict().family()).isEqualTo(Family.PROFESSIONAL);
        // The same pair, seen from the other side.
        Portrait.Relationship ofElena = portrait("Elena").relationships().getFirst();
        assertThat(ofElena.verdict().roleOfOne()).isEqualTo("mother");
        assertThat(ofElena.verdict().byOne())
                .isEqualTo(ofSam.get("Elena Rivera").verdict().byOther());
    }

    @Test
    void phrasesCarryTheMessagesThatShowThem() {
        Phrase phrase = portrait("Elena").phrases().stream()
                .filter(p -> p.text().contains("love mom"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(portrait("Elena").phrases()));
        for (String id : phrase.evidence()) {
            assertThat(graph.read("MATCH (m:Message {id: $id}) RETURN m.text AS text", Map.of("id", id)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.requireText("text")).contains("Love, Mom"));
        }
        assertThat(phrase.evidence()).hasSize(3);
    }

    @Test
    void aPortraitIsStoredWithTypesAndEvidenceAndReplacedWhole() {
        PortraitStore store = new PortraitStore(graph);
        Portrait maya = portrait("Maya");
        store.store(new Analysis.Findings(List.of(maya), digests), done -> {});
        new Nicknames(graph).add(maya.person(), "Bear queen");
        store.store(new Analysis.Findings(List.of(maya), digests), done -> {});
        String id = maya.person().id();
        assertThat(graph.read("""
                MATCH (:Person {id: $id})-[:EXPRESSES_EMOTION]->(e:EmotionalExpression {emotion: 'JOY'})
                RETURN e.share AS share, e.sampleSize AS n, e.evidence AS evidence, e.method AS method""", Map.of("id", id))).singleElement().satisfies(row -> {
            assertThat(row.real("share")).isGreaterThan(0.1);
            assertThat(row.number("n")).isEqualTo(maya.feelings().messages());
            assertThat(row.texts("evidence")).hasSize(3);
            assertThat(row.requireText("method")).isEqualTo("meld-logistic-1");
        });
        assertThat(count("(:Person {id: $id})-[:HAS_PROFILE]->(:CommunicationProfile)", id))
                .isEqualTo(1);
        assertThat(count("(:Person {id: $id})-[:HAS_RELATIONSHIP]->(:RelationshipPattern)-[:WITH]->(:Person)", id))
                .isEqualTo(maya.relationships().size());
        assertThat(count("(:Person {id: $id})-[:USES_PHRASE]->(:SignaturePhrase)", id))
                .isGreaterThan(10);
        assertThat(count("(:Person {id: $id})-[:HAS_NICKNAME]->(:Nickname {name: 'Bear queen'})", id))
                .isEqualTo(1);
        assertThat(people.find("bear queen").id()).isEqualTo(id);
        new Nicknames(graph).remove(maya.person(), "Bear queen");
        assertThat(store.candidates(50).outdated()).doesNotContain(id);
        assertThat(store.candidates(50).all()).contains(id);
        graph.write(t -> {
            DataVersion.advance(t);
            return t.run("""
                MATCH (:Person {id: $id})-[:MEMBER_OF]->(c:Conversation)
                WITH c LIMIT 1 CREATE (:Message {id: 'late'})-[:SENT_TO]->(c)""", Map.of("id", id));
        });
        assertThat(store.candidates(50).outdated()).contains(id);
        graph.write(t -> t.run("MATCH (m:Message {id: 'late'}) DETACH DELETE m", Map.of()));
    }

    private static long count(String pattern, String id) {
        return graph.read("MATCH " + pattern + " RETURN count(*) AS n", Map.of("id", id))
                .getFirst()
                .number("n");
    }

    @Test
    void aRemovedNicknameDoesNotComeBack() throws Exception {
        Person sam = people.find("me");
        assertThat(portrait("me").nicknames())
                .extracting(n -> n.nickname().name())
                .contains("mate");
        new PortraitStore(graph).store(new Analysis.Findings(List.of(portrait("me")), digests), done -> {});
        new Nicknames(graph).remove(sam, "mate");
        Portrait again = new Analysis(graph, NEW_YORK, text -> null, (stage, done, total) -> {}, () -> false)
                .of(Set.of(sam.id()))
                .portraits()
                .getFirst();
        assertThat(again.nicknames()).extracting(n -> n.nickname().name()).doesNotContain("mate");
    }

    private static List<Talk.Line> lines(TalkReader reader, String conversation) {
        List<Talk.Line> lines = new ArrayList<>();
        reader.conversations().stream()
                .filter(c -> c.id().equals(conversation))
                .forEach(c -> reader.read(c, lines::add));
        return lines;
    }

    @Test
    void thePortraitIsTheSameOnEachRun() throws Exception {
        List<Portrait> first = analyzeEverybody(); // not those of the class: other tests change nicknames
        for (int run = 0; run < 5; run++) {
            assertThat(analyzeEverybody()).isEqualTo(first);
        }
    }

    private static List<Portrait> analyzeEverybody() throws InterruptedException {
        return new Analysis(graph, NEW_YORK, text -> null, (stage, done, total) -> {}, () -> false)
                .of(portraits.keySet())
                .portraits();
    }

    @Test
    void aConversationReadInPiecesIsTheSame() {
        TalkReader whole = new TalkReader(graph, NEW_YORK, null);
        TalkReader pieces = new TalkReader(graph, NEW_YORK, null, 2);
        for (TalkReader.Conversation conversation : whole.conversations()) {
            assertThat(lines(pieces, conversation.id()))
                    .extracting(Talk.Line::id)
                    .containsExactlyElementsOf(lines(whole, conversation.id()).stream()
                            .map(Talk.Line::id)
                            .toList());
        }
    }

    @Test
    void automatedMessagesAndOneTimeCodesDoNotCount() {
        graph.write(t -> {
            Mutations m = new Mutations();
            m.node(NodeLabel.PERSON, "bank").put("owner", false);
            m.node(NodeLabel.HANDLE, "72273").put("kind", "SHORT_CODE");
            m.link(NodeLabel.PERSON, "bank", RelationshipTypes.HAS_HANDLE, NodeLabel.HANDLE, "72273");
            m.node(NodeLabel.CONVERSATION, "b").put("group", false);
            m.link(NodeLabel.PERSON, "bank", RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, "b");
            m.link(NodeLabel.PERSON, "Xenia", RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, "b");
            m.node(NodeLabel.MESSAGE, "b1")
                    .put("text", "Your code is 123456")
                    .put("sentAt", Instant.parse("2024-01-01T00:00:00Z"));
            m.link(NodeLabel.PERSON, "bank", RelationshipTypes.SENT, NodeLabel.MESSAGE, "b1");
            m.link(NodeLabel.MESSAGE, "b1", RelationshipTypes.SENT_TO, NodeLabel.CONVERSATION, "b");
            return t.apply(m);
        });
        TalkReader reader = new TalkReader(graph, NEW_YORK, null);
        List<Talk.Line> lines = lines(reader, "b");
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.counts()).isFalse());
        assertThat(reader.isAutomated("bank")).isTrue();
        graph.write(t -> t.run("MATCH (n) WHERE n.id IN ['bank', '72273', 'b', 'b1'] DETACH DELETE n", Map.of()));
    }

    @Test
    void everyEmotionsSharesSumToOne() {
        double sum = portrait("Zoe").feelings().emotions().stream()
                .mapToDouble(part -> part.share().value())
                .sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
        assertThat(portrait("Zoe").feelings().emotions()).hasSize(Emotion.values().length);
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
                .hasMessageContaining("Nobody is called");
    }

    private PersonaPrompt.Prompt prompt(String of, String with, int tokens, String topic) {
        Portrait portrait = portrait(of);
        Person partner = people.find(with);
        RecallQuery question = new RecallQuery(topic, portrait.person().id(), partner.id());
        return new PersonaPrompt(graph, NEW_YORK, portrait, partner, question)
                .write(new PersonaPrompt.Material(topic, List.of(), List.of(), List.of(), tokens));
    }

    @Test
    void aPromptQuotesOnlyWhatThePartnerTookPartIn() {
        PersonaPrompt.Prompt prompt = prompt("Zoe", "Sam", 8000, "the job");
        assertThat(prompt.messageIds()).isNotEmpty();
        for (String id : prompt.messageIds()) {
            assertThat(graph.read(
                            "MATCH (m:Message {id: $id})-[:SENT_TO]->()<-[:MEMBER_OF]-(p:Person {owner: true}) RETURN p",
                            Map.of("id", id)))
                    .as(id)
                    .isNotEmpty();
        }
        assertThat(prompt("Zoe", "Tom", 8000, "the job").text())
                .as("Zoe told Sam alone about the job, first")
                .doesNotContain("i got the job");
    }

    @Test
    void aPromptKeepsToItsBudgetAndNeverCutsTheStyle() {
        String whole = prompt("Zoe", "Sam", 8000, "the job").text();
        String small = prompt("Zoe", "Sam", 50, "the job").text();
        assertThat(whole).contains("# What they wrote last");
        assertThat(small).contains("# How they write").doesNotContain("# What they wrote last");
        int tokens = PersonaPrompt.tokens(small) + 150;
        assertThat(PersonaPrompt.tokens(prompt("Zoe", "Sam", tokens, "the job").text()))
                .isBetween(PersonaPrompt.tokens(small) + 1, tokens);
    }

    @Test
    void aPromptSaysWhatIsUnknown() {
        PersonaPrompt.Prompt prompt = prompt("Priya", "Ines", 8000, "+quantum && chromodynamics");
        assertThat(prompt.text())
                .contains("They have no conversation of two on record.")
                .contains("Nothing on record.");
        assertThat(prompt.messageIds()).isEmpty();
    }

    /** What others wrote, or an app, is left out wherever words are read. */
    @Test
    void onlyOwnWordsCount() {
        graph.write(t -> {
            Mutations m = new Mutations();
            message(m, 91, "Xenia", "2024-06-01T00:00:00Z", "Loved “hello?”");
            message(m, 92, "Xenia", "2024-06-01T00:01:00Z", "> are you there, Zygmunt?\nLoved the film");
            message(m, 93, "Xenia", "2024-06-01T00:02:00Z", "Loved the film");
            m.node(NodeLabel.MESSAGE, "xy91").put("own", "").put("kind", "REACTION_TEXT");
            m.node(NodeLabel.MESSAGE, "xy92").put("own", "Loved the film");
            return t.apply(m);
        });
        TalkReader reader = new TalkReader(graph, NEW_YORK, null);
        List<Talk.Line> lines = lines(reader, "xy");
        assertThat(lines.subList(lines.size() - 3, lines.size()))
                .extracting(line -> line.counts() + " " + line.text())
                .containsExactly("false ", "true Loved the film", "true Loved the film");
        graph.write(t -> t.run("MATCH (m:Message) WHERE m.id IN ['xy91', 'xy92', 'xy93'] DETACH DELETE m", Map.of()));
    }
}
