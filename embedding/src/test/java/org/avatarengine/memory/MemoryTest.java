package org.avatarengine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Source;
import org.avatarengine.source.apps.KnownApps;
import org.avatarengine.source.apps.export.ImportOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final Instant MORNING = Instant.parse("2025-03-01T09:00:00Z");

    @TempDir
    Path folder;

    private Graph graph;
    private OnnxEncoder encoder;
    private int next;

    @BeforeEach
    void open() {
        graph = EmbeddedGraph.open(folder);
        Schema.migrate(graph);
        encoder = new OnnxEncoder(SentenceModel.BGE_SMALL, 2);
        for (String name : List.of("Anna", "Ben", "Carl")) {
            graph.write(t -> t.run("CREATE (:Person {id: $id, name: $name})", Map.of("id", name, "name", name)));
        }
        conversation("ab", "Anna", "Ben");
        conversation("ac", "Anna", "Carl");
        say("ab", "Anna", 0, "We adopted a puppy from the shelter on Saturday");
        say("ab", "Ben", 1, "How sweet! What is it called?");
        say("ab", "Anna", 2, "Biscuit");
        say("ab", "Ben", 600, "The train to Lyon leaves at nine tomorrow");
        say("ac", "Anna", 0, "Please keep it quiet: I am leaving my job at the bakery in May");
        say("ac", "Carl", 1, "I will not tell anybody about the bakery");
    }

    @AfterEach
    void close() {
        encoder.close();
        graph.close();
    }

    private void conversation(String id, String one, String other) {
        graph.write(t -> t.run("""
                MATCH (a:Person {id: $one}), (b:Person {id: $other}) CREATE (c:Conversation {id: $id})
                CREATE (a)-[:MEMBER_OF]->(c) CREATE (b)-[:MEMBER_OF]->(c)""", Map.of("id", id, "one", one, "other", other)));
    }

    private String say(String conversation, String sender, int minute, String text) {
        String id = "m" + next++;
        graph.write(t -> t.run(
                """
                MATCH (p:Person {id: $sender}), (c:Conversation {id: $conversation})
                CREATE (p)-[:SENT]->(:Message {id: $id, text: $text, sentAt: $at, service: 'SMS'})-[:SENT_TO]->(c)""",
                Map.of(
                        "id", id,
                        "sender", sender,
                        "conversation", conversation,
                        "text", text,
                        "at", MORNING.plusSeconds(60L * minute))));
        return id;
    }

    private long fill() throws InterruptedException {
        return new MemoryIndex(graph, encoder).fill(Progress.SILENT, () -> false);
    }

    private Memory memory() {
        return new Memory(graph, encoder, Clock.fixed(MORNING, ZoneOffset.UTC));
    }

    private List<String> recall(String question, String partner) {
        return memory().recall(new RecallQuery(question, "Anna", partner), 5).stream()
                .flatMap(exchange -> exchange.lines().stream())
                .map(Exchange.Line::text)
                .toList();
    }

    @Test
    void findsTheExchangeThatAnswers() throws InterruptedException {
        fill();
        Exchange best = memory().recall(new RecallQuery("What is the name of Anna's dog?", "Anna", "Ben"), 1)
                .getFirst();
        assertThat(best.lines()).extracting(Exchange.Line::text).contains("Biscuit");
        assertThat(best.lines())
                .as("the next session is another exchange")
                .extracting(Exchange.Line::text)
                .noneMatch(text -> text.contains("Lyon"));
    }

    @Test
    void messagesOfOtherConversationsAreNotFound() throws InterruptedException {
        fill();
        assertThat(recall("Are you leaving your job at the bakery in May?", "Ben"))
                .isNotEmpty()
                .noneMatch(text -> text.contains("bakery"));
        assertThat(recall("Are you leaving your job at the bakery?", "Carl"))
                .anyMatch(text -> text.contains("leaving my job"));
        assertThat(recall("bakery", "Nobody")).isEmpty();
    }

    private void join(String conversation, String person, String kind, int minute) {
        graph.write(t -> t.run(
                """
                MATCH (p:Person {id: $person}), (c:Conversation {id: $conversation})
                CREATE (g:GroupChange {id: $id, kind: $kind, at: $at})-[:HAPPENED_IN]->(c)
                FOREACH (x IN CASE $kind WHEN 'MEMBER_LEFT' THEN [1] ELSE [] END | CREATE (g)-[:MADE_BY]->(p))
                FOREACH (x IN CASE $kind WHEN 'MEMBER_LEFT' THEN [] ELSE [1] END | CREATE (g)-[:CONCERNS]->(p))""",
                Map.of(
                        "id", "g" + next++,
                        "person", person,
                        "conversation", conversation,
                        "kind", kind,
                        "at", MORNING.plusSeconds(60L * minute))));
    }

    @Test
    void lateJoinersAndLeaversDoNotRecallTheRest() throws InterruptedException {
        conversation("abc", "Anna", "Ben");
        graph.write(t -> t.run(
                "MATCH (p:Person {id: 'Carl'}), (c:Conversation {id: 'abc'}) CREATE (p)-[:MEMBER_OF]->(c)", Map.of()));
        say("abc", "Anna", 0, "The surprise party for Carl is at the boathouse");
        fill();
        assertThat(recall("where is the surprise party", "Carl"))
                .as("no change of members is on record")
                .anyMatch(text -> text.contains("boathouse"));
        join("abc", "Carl", "MEMBER_ADDED", 2);
        say("abc", "Anna", 3, "Welcome Carl, we are talking about the weather in Norway");
        join("abc", "Carl", "MEMBER_LEFT", 5);
        say("abc", "Anna", 6, "Now that he is gone: the surprise cake is in the cellar");
        fill();
        assertThat(recall("where are the surprise party and the surprise cake", "Carl"))
                .anyMatch(text -> text.contains("Norway"))
                .noneMatch(text -> text.contains("boathouse") || text.contains("cellar"));
        assertThat(recall("where are the surprise party and the surprise cake", "Ben"))
                .anyMatch(text -> text.contains("boathouse"))
                .anyMatch(text -> text.contains("cellar"));
    }

    @Test
    void theOwnerCanLiftTheLimit() throws InterruptedException {
        fill();
        assertThat(memory().recall(
                                new RecallQuery(
                                        "Are you leaving your job at the bakery?", "Anna", "Ben", true, null, null),
                                5))
                .flatExtracting(Exchange::lines)
                .extracting(Exchange.Line::text)
                .anyMatch(text -> text.contains("leaving my job"));
    }

    @Test
    void aDateInTheQuestionCounts() throws InterruptedException {
        for (int week = 1; week <= 8; week++) {
            say("ab", "Anna", week * 7 * 24 * 60, "We had dinner at restaurant number " + week);
        }
        fill();
        Exchange best = memory().recall(
                        new RecallQuery("Where did Anna have dinner on 29 March 2025?", "Anna", "Ben"), 1)
                .getFirst();
        assertThat(best.lines()).extracting(Exchange.Line::text).contains("We had dinner at restaurant number 4");
    }

    @Test
    void manyConversationsAreSearchedToo() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            conversation("more" + i, "Anna", "Ben");
            say("more" + i, "Ben", 2000 + i, "Somebody parked a tractor in garage number " + i);
        }
        conversation("last", "Anna", "Ben");
        say("last", "Ben", 5000, "My grandmother knitted a purple scarf");
        fill();
        assertThat(recall("Who made the violet shawl?", "Ben")).anyMatch(text -> text.contains("purple scarf"));
    }

    @Test
    void onlyNewMessagesAreEmbedded() throws InterruptedException {
        assertThat(fill()).isEqualTo(6);
        assertThat(fill()).isZero();
        say("ab", "Anna", 700, "I left my umbrella on the ferry");
        assertThat(new MemoryIndex(graph, encoder).open()).isEqualTo(5);
        assertThat(fill()).isEqualTo(1);
        assertThat(recall("where is the umbrella", "Ben")).contains("I left my umbrella on the ferry");
    }

    @Test
    void anInterruptedRunContinues() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(
                        () -> new MemoryIndex(graph, encoder).fill(Progress.SILENT, () -> asked.getAndIncrement() > 0))
                .isInstanceOf(InterruptedException.class);
        assertThat(fill()).as("the second conversation").isEqualTo(2);
    }

    @Test
    void deletedMessagesAreNotRecalled() throws InterruptedException {
        String id = say("ab", "Ben", 800, "The gate code is under the blue pot");
        fill();
        assertThat(recall("where is the gate code", "Ben")).anyMatch(text -> text.contains("blue pot"));
        graph.write(t -> t.run("MATCH (m:Message {id: $id}) SET m.deletedAt = m.sentAt", Map.of("id", id)));
        assertThat(recall("where is the gate code", "Ben")).noneMatch(text -> text.contains("blue pot"));
    }

    /** Lucene allows 1,024 clauses in a query; a busy person is in more conversations than that. */
    @Test
    void recallWorksForAPersonInVeryManyConversations() throws InterruptedException {
        graph.write(t -> t.run("""
                MATCH (a:Person {id: 'Anna'}), (b:Person {id: 'Ben'}), (c:Person {id: 'Carl'})
                CREATE (x:Conversation {id: 'x'}), (a)-[:MEMBER_OF]->(x), (c)-[:MEMBER_OF]->(x)
                WITH a, b, c, x
                UNWIND range(1, 1030) AS n
                CREATE (k:Conversation {id: 'k' + n}), (a)-[:MEMBER_OF]->(k), (b)-[:MEMBER_OF]->(k)
                CREATE (b)-[:SENT]->(:Message {id: 'k' + n, sentAt: $at,
                    text: CASE n WHEN 1000 THEN 'lighthouse lantern' ELSE 'good morning' END})-[:SENT_TO]->(k)
                CREATE (c)-[:SENT]->(:Message {id: 'x' + n, sentAt: $at, text: 'lantern lighthouse'})-[:SENT_TO]->(x)
                """, Map.of("at", MORNING)));
        fill();
        assertThat(recall("which lighthouse has the lantern?", "Ben")).contains("lighthouse lantern");
        RecallQuery question = new RecallQuery("lighthouse lantern", "Anna", "Ben");
        List<Double> vector = Keys.list(encoder.encode(List.of(question.text())).getFirst());
        for (int most : List.of(10_000, 10, 0)) {
            Search.Paging pages = new Search.Paging(most, most, most);
            Audience audience = Audience.of(question, graph, 1_000);
            assertThat(audience.isListed()).isFalse();
            assertThat(new Search(graph, question, pages, pages).find(vector, audience))
                    .as("among everything, or portion by portion")
                    .extracting(Search.Hit::conversation)
                    .contains("k1000")
                    .noneMatch(conversation -> conversation.startsWith("x"));
        }
    }

    private void importChat(String file, String secret, String edited) throws Exception {
        Path chat = folder.resolve(file).resolve("result.json");
        Files.createDirectories(chat.getParent());
        Files.writeString(chat, """
                {"personal_information": {"user_id": 7, "first_name": "Sam", "last_name": "", "phone_number": ""},
                 "chats": {"about": "", "list": [{"name": "Dora", "type": "personal_chat", "id": 11, "messages": [
                  {"id": 1, "type": "message", "date_unixtime": "1715617800", %s
                   "from": "Dora", "from_id": "user11", "text": "%s"},
                  {"id": 2, "type": "message", "date_unixtime": "1715617900",
                   "from": "Sam", "from_id": "user7", "text": "thank you, I will write it down"}]}]}}
                """.formatted(edited, secret));
        HandleNormalizer normalizer = new HandleNormalizer("US");
        try (Source source = KnownApps.open(chat, new ImportOptions(null, ZoneOffset.UTC, normalizer))) {
            new Ingest(graph, normalizer, Progress.SILENT, () -> false).run(Objects.requireNonNull(source));
        }
    }

    /** Text that a sender removed by editing is gone after the import, even before memory is filled again. */
    @Test
    void anEditedTextIsGoneAtOnce() throws Exception {
        importChat("first", "the safe opens with marzipan and quicksilver", "");
        fill();
        String terms = "MATCH (t:Term) WHERE t.passages > 0 AND t.id STARTS WITH 'marzip' RETURN t.id AS id";
        String passages = "MATCH (p:Passage) WHERE p.text CONTAINS 'marzipan' RETURN p.id AS id";
        String words = "CALL db.index.fulltext.queryNodes($index, 'marzipan') YIELD node RETURN node.id AS id";
        assertThat(graph.read(terms, Map.of())).hasSize(1);
        assertThat(graph.read(passages, Map.of())).isNotEmpty();
        importChat("second", "ask me about the safe in person", "\"edited_unixtime\": \"1715620000\",");
        assertThat(graph.read(terms, Map.of())).isEmpty();
        assertThat(graph.read(passages, Map.of())).isEmpty();
        graph.awaitIndexes();
        assertThat(graph.read(words, Map.of("index", Schema.PASSAGE_TEXT))).isEmpty();
        fill();
        assertThat(graph.read(
                        "MATCH (p:Passage) WHERE p.text CONTAINS 'the safe in person' RETURN p.id AS id", Map.of()))
                .as("and the new wording is remembered")
                .isNotEmpty();
    }

    @Test
    void anyQuestionCanBeAsked() throws InterruptedException {
        fill();
        for (String question : List.of("", "?!", "AND OR NOT (", "text:* AND +-\"~^", "don't", "🎉", "日本")) {
            assertThat(recall(question, "Ben")).noneMatch(text -> text.contains("bakery"));
        }
    }

    @Test
    void wordsAreCountedOncePerPassage() throws InterruptedException {
        fill();
        assertThat(graph.read("MATCH (t:Term {id: 'bakeri'}) RETURN t.passages AS n", Map.of())
                        .getFirst()
                        .number("n"))
                .isEqualTo(2);
    }
}
