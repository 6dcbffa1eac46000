package org.avatarengine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.LiveAvatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.dataset.SessionReader;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.ForwardingGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ingest.ImportReport;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.people.Merges;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.progress.Progress;
import org.avatarengine.redaction.Gate;
import org.avatarengine.redaction.Redactor;
import org.avatarengine.reply.NearestReply;
import org.avatarengine.reply.Turn;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that were edited, unsent or deleted disappear from memory, search and prompts with the next import. */
class ChangedMessagesTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");
    private static final Clock NOW = Clock.fixed(NOON.plusSeconds(90_000), ZoneOffset.UTC);
    private static final String ANNA = "+12125550111";

    /** Words that occur only in the old texts, stemmed as in the index. */
    private static final List<String> OLD = List.of("flamingo", "rhubarb", "trombone");

    @TempDir
    Path folder;

    private Graph graph;
    private OnnxEncoder encoder;
    private ChatDbWriter db;
    private long anna;
    private long chat;
    private int minute;

    @BeforeEach
    void importThreeSecrets() throws Exception {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
        Schema.migrate(graph);
        encoder = new OnnxEncoder(SentenceModel.BGE_SMALL, 2);
        db = ChatDbWriter.create(folder.resolve("chat.db"));
        anna = db.handle(ANNA, "iMessage", null);
        chat = db.directChat(ANNA, anna, "+12125550100");
        say("edited", false, "The spare key is behind the flamingo in the garden");
        say("after", true, "Great, thank you so much");
        minute += 30;
        say("deleted", false, "We bake the rhubarb cake for the party on Sunday");
        say("then", true, "I will bring the plates and the candles");
        minute += 30;
        say("unsent", false, "I sold the old trombone to the neighbours");
        say("last", true, "That is good news for everybody here");
        assertThat(run().changedMessages()).isZero();
        fill();
    }

    @AfterEach
    void close() throws Exception {
        db.close();
        encoder.close();
        graph.close();
    }

    private void say(String guid, boolean own, String text) throws Exception {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("guid", guid);
        row.put("date", NOON.plusSeconds(60L * minute++));
        row.put("handle_id", anna);
        row.put("service", "iMessage");
        row.put("is_from_me", own ? 1 : 0);
        row.put("attributedBody", TypedstreamWriter.plain(text));
        db.message(chat, row);
    }

    private ImportReport run() throws Exception {
        db.commit();
        try (Source source =
                ChatDbSource.open(folder.resolve("chat.db"), null, folder.resolve("work"), US, Filter.ALL, 2)) {
            return new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
    }

    private void fill() throws InterruptedException {
        new MemoryIndex(graph, encoder).fill(Progress.SILENT, () -> false);
    }

    private void changeAllThree() throws Exception {
        Instant later = NOON.plusSeconds(80_000);
        db.execute(
                "UPDATE message SET attributedBody = ?, date_edited = ? WHERE guid = 'edited'",
                TypedstreamWriter.plain("The spare key is with Paul now"),
                ChatDbWriter.time(later));
        db.execute(
                "INSERT INTO chat_recoverable_message_join (chat_id, message_id, delete_date)"
                        + " SELECT ?, ROWID, ? FROM message WHERE guid = 'deleted'",
                chat,
                ChatDbWriter.time(later));
        db.execute(
                "UPDATE message SET attributedBody = NULL, text = NULL, date_retracted = ?, message_summary_info = ?"
                        + " WHERE guid = 'unsent'",
                ChatDbWriter.time(later),
                ChatDbWriter.summary(Map.of(), 1, List.of(0)));
    }

    private Person owner() {
        return new People(graph).find("me");
    }

    private Person partner() {
        return new People(graph).find(ANNA);
    }

    private RecallQuery asking(String text) {
        return new RecallQuery(text, partner().id(), owner().id());
    }

    private Avatar avatar(Graph from) throws InterruptedException {
        return new Avatar(
                from,
                encoder,
                NOW,
                new Analysis(from, ZoneId.of("UTC"), text -> null, (stage, done, total) -> {}, () -> false)
                        .of(Set.of(partner().id()))
                        .portraits()
                        .getFirst(),
                owner(),
                asking(""));
    }

    /** Everything that memory, search, prompts and training data hold about the three messages. */
    private String everythingRemembered() throws InterruptedException {
        StringBuilder all = new StringBuilder();
        graph.read(
                "MATCH (p:Passage) RETURN p.text AS text",
                Map.of(),
                row -> all.append(row.requireText("text")).append('\n'));
        graph.read(
                "MATCH (t:Term) WHERE t.passages > 0 RETURN t.id AS id",
                Map.of(),
                row -> all.append(row.requireText("id")).append('\n'));
        for (String word : OLD) {
            graph.read(
                    "CALL db.index.fulltext.queryNodes($index, $word) YIELD node RETURN node.text AS text",
                    Map.of("index", Schema.PASSAGE_TEXT, "word", word),
                    row -> all.append(row.requireText("text")).append('\n'));
            RecallQuery question = asking("What about the " + word + "?");
            all.append(new Memory(graph, encoder, NOW).recall(question, 5)).append('\n');
            Spoken spoken = avatar(graph)
                    .answer(List.of(new Turn(false, "Hello, how are you?")), new NearestReply(), text -> {});
            all.append(spoken.prompt()).append(spoken.text()).append(spoken.examples());
        }
        all.append(new SessionReader(graph, new Redactor("US"), new Gate(List.of(), List.of()), Duration.ofHours(1))
                .read(Progress.SILENT, () -> false));
        return all.toString();
    }

    private List<String> vectors() {
        List<String> vectors = new ArrayList<>();
        graph.read(
                "MATCH (p:Passage) WHERE p.vector IS NOT NULL RETURN p.messageIds[0] AS id ORDER BY p.number",
                Map.of(),
                row -> vectors.add(row.requireText("id")));
        return vectors;
    }

    @Test
    void theImportRemovesOldTexts() throws Exception {
        assertThat(everythingRemembered()).contains(OLD);
        changeAllThree();
        assertThat(run().changedMessages()).isEqualTo(3);
        assertThat(everythingRemembered()).as("before memory is filled again").doesNotContain(OLD);
        assertThat(vectors())
                .as("a vector holds the passage before it, too")
                .doesNotContain("edited", "after", "deleted", "then", "unsent", "last");
        fill();
        assertThat(everythingRemembered()).contains("with Paul").doesNotContain(OLD);
        assertThat(vectors()).contains("edited", "after", "then", "last").doesNotContain("deleted", "unsent");
        assertThat(run().changedMessages()).as("another import").isZero();
        assertThat(new MemoryIndex(graph, encoder).open()).isZero();
    }

    @Test
    void restoredMessagesAreRecalledAgain() throws Exception {
        changeAllThree();
        run();
        fill();
        db.execute("DELETE FROM chat_recoverable_message_join");
        db.execute(
                "UPDATE message SET date_read = ? WHERE guid = 'deleted'", ChatDbWriter.time(NOON.plusSeconds(85_000)));
        assertThat(run().changedMessages()).isEqualTo(1);
        fill();
        assertThat(everythingRemembered()).contains("rhubarb").doesNotContain("flamingo");
    }

    @Test
    void aFillThatReadTheOldTextDoesNotStoreIt() throws Exception {
        say("more", false, "There is another zebra in the zoo since Tuesday");
        run();
        Graph slow = new Watched(graph, cypher -> {}, () -> {
            // An import comes between reading and writing.
            db.execute(
                    "UPDATE message SET attributedBody = ?, date_edited = ? WHERE guid = 'more'",
                    TypedstreamWriter.plain("There is another giraffe in the zoo since Tuesday"),
                    ChatDbWriter.time(NOON.plusSeconds(82_000)));
            run();
        });
        new MemoryIndex(slow, encoder).fill(Progress.SILENT, () -> false);
        assertThat(everythingRemembered()).doesNotContain("zebra");
        assertThat(new MemoryIndex(graph, encoder).open()).as("it is not done").isPositive();
        fill();
        assertThat(everythingRemembered()).contains("giraffe");
    }

    @Test
    void aChatUsesChangedData() throws Exception {
        LiveAvatar talk = new LiveAvatar(graph, () -> {
            fill();
            return avatar(graph);
        });
        Avatar first = talk.now();
        assertThat(first.persona(8000).text()).contains("flamingo");
        assertThat(talk.now()).as("nothing changed").isSameAs(first);
        changeAllThree();
        run();
        Avatar second = talk.now();
        assertThat(second.persona(8000).text()).contains("with Paul").doesNotContain(OLD);
        graph.write(t -> t.run("CREATE (:Person {id: 'other', name: 'Annabel'})", Map.of()));
        new Merges(graph).merge(partner().id(), "other", Merges.Reason.BY_HAND);
        assertThat(talk.now()).as("a merge").isNotSameAs(second);
    }

    @Test
    void aQuestionLooksUpItsAudienceOnce() throws Exception {
        List<String> asked = new ArrayList<>();
        Graph watched = new Watched(graph, asked::add, () -> {});
        Avatar avatar = avatar(watched);
        for (String line : List.of("Where is the spare key?", "And the cake?")) {
            asked.clear();
            avatar.answer(List.of(new Turn(false, line)), new NearestReply(), text -> {});
            assertThat(asked.stream().filter(cypher -> cypher.contains("coalesce(c.remembered, 0)")))
                    .as("who is where")
                    .hasSize(1);
            assertThat(asked.stream().filter(cypher -> cypher.contains("MEMBER_ADDED")))
                    .as("who came and went")
                    .hasSize(1);
        }
    }

    /** An action between a read and a write. */
    private interface Meanwhile {
        void happens() throws Exception;
    }

    /** Records the reads of a graph, and runs an action before its first write. */
    private static final class Watched extends ForwardingGraph {
        private final Consumer<String> reads;
        private Meanwhile meanwhile;

        Watched(Graph graph, Consumer<String> reads, Meanwhile meanwhile) {
            super(graph);
            this.reads = reads;
            this.meanwhile = meanwhile;
        }

        @Override
        public void read(String cypher, Map<String, ?> parameters, Consumer<Row> rows) {
            reads.accept(cypher);
            super.read(cypher, parameters, rows);
        }

        @Override
        public <T> T write(Function<GraphTransaction, T> work) {
            Meanwhile once = meanwhile;
            meanwhile = () -> {};
            try {
                once.happens();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return super.write(work);
        }

        @Override
        public void close() {}
    }
}
