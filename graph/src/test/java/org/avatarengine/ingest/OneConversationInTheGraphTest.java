package org.avatarengine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Body;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Service;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Batch;
import org.avatarengine.source.BatchSink;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that are known by several identifiers, and messages that moved or are read better than before. */
class OneConversationInTheGraphTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final Handle ANNA = US.normalize("+12125550111");
    private static final String OLD = "iMessage;-;+12125550111";
    private static final String SMS = "SMS;-;+12125550111";
    private static final String NEW = "any;-;+12125550111";

    @TempDir
    static Path folder;

    private static Graph graph;

    @BeforeAll
    static void open() {
        graph = EmbeddedGraph.open(folder.resolve("graph"));
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    @BeforeEach
    void empty() {
        graph.write(t -> t.run("MATCH (n) DETACH DELETE n", Map.of()));
        Schema.migrate(graph);
    }

    /** A source of the given events; {@code version} is that of its reader. */
    private record Given(String id, int version, List<Event> events) implements Source {
        @Override
        public long remaining(Position from) {
            return from.row() > 0 ? 0 : events.size();
        }

        @Override
        public void read(Position from, BatchSink sink) throws InterruptedException {
            List<Event> introductions =
                    events.stream().filter(Conversation.class::isInstance).toList();
            sink.accept(new Batch(introductions, from));
            if (from.row() == 0) {
                sink.accept(new Batch(
                        events.stream().filter(Message.class::isInstance).toList(),
                        new Position(events.size(), "last", 0)));
            }
        }

        @Override
        public void close() {}
    }

    private static ImportReport run(String id, int version, Event... events) throws Exception {
        return new Ingest(graph, US, Progress.SILENT, () -> false).run(new Given(id, version, List.of(events)));
    }

    private static Conversation conversation(String id, String... aliases) {
        return new Conversation(id, null, Service.IMESSAGE, List.of(ANNA), false, List.of(aliases));
    }

    private static Message message(String id, String text, MessageKind kind, String... in) {
        return new Message(
                id,
                List.of(in),
                ANNA,
                false,
                Instant.parse("2024-03-01T10:00:00Z"),
                null,
                null,
                null,
                null,
                Service.IMESSAGE,
                null,
                Body.ofText(text),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                null,
                kind,
                new Provenance("s", 1));
    }

    private static List<String> places() {
        List<String> places = new ArrayList<>();
        graph.read(
                "MATCH (c:Conversation) RETURN c.id AS id, COLLECT { MATCH (m:Message)-[:SENT_TO]->(c)"
                        + " RETURN m.id ORDER BY m.id } AS messages,"
                        + " COUNT { (:Person)-[:MEMBER_OF]->(c) } AS members ORDER BY id",
                Map.of(),
                row -> places.add(row.requireText("id") + row.texts("messages") + row.number("members")));
        return places;
    }

    @Test
    void whatEarlierVersionsStoredInPartsIsJoinedOnce() throws Exception {
        run(
                "a",
                0,
                conversation(OLD),
                conversation(SMS),
                message("1", "one", MessageKind.TYPED, OLD),
                message("2", "two", MessageKind.TYPED, SMS));
        graph.write(t -> t.run(
                "CREATE (:Passage {id: 'p', conversation: $c, number: 0, text: 'one', messageIds: ['1']})",
                Map.of("c", OLD)));
        assertThat(places()).containsExactly(SMS + "[2]2", OLD + "[1]2");
        ImportReport report = run("a", 1, conversation(NEW, OLD, SMS), message("1", "one", MessageKind.TYPED, NEW));
        assertThat(report.joinedConversations()).isEqualTo(2);
        assertThat(report.newMessages()).isZero();
        assertThat(places()).containsExactly(NEW + "[1, 2]2");
        assertThat(graph.read("MATCH (p:Passage) RETURN p.id AS id", Map.of())).isEmpty();
        ImportReport again = run("a", 1, conversation(NEW, OLD, SMS));
        assertThat(again.joinedConversations()).isZero();
        assertThat(places()).containsExactly(NEW + "[1, 2]2");
    }

    /** Whatever comes first, there is one conversation, and it has the same identifier. */
    @Test
    void theOrderOfImportsDoesNotMatter() throws Exception {
        Event[] phone = {conversation(NEW, OLD, SMS), message("1", "one", MessageKind.TYPED, NEW)};
        Event[] both = {
            conversation(NEW, OLD, SMS, "any;-;anna@example.org"), message("2", "two", MessageKind.TYPED, NEW)
        };
        Event[] mail = {
            conversation("any;-;anna@example.org", "iMessage;-;anna@example.org"),
            message("3", "three", MessageKind.TYPED, "any;-;anna@example.org")
        };
        List<List<Event[]>> orders = List.of(
                List.of(phone, both, mail),
                List.of(mail, phone, both),
                List.of(mail, both, phone),
                List.of(both, mail, phone));
        for (List<Event[]> order : orders) {
            empty();
            for (int i = 0; i < order.size(); i++) {
                run("source " + i, 0, order.get(i));
            }
            assertThat(places()).containsExactly(NEW + "[1, 2, 3]2");
        }
    }

    @Test
    void aMessageThatMovedLeavesItsOldConversation() throws Exception {
        run("a", 0, conversation("x"), conversation("y"), message("1", "one", MessageKind.TYPED, "x"));
        ImportReport report =
                run("a", 1, conversation("x"), conversation("y"), message("1", "one", MessageKind.TYPED, "y"));
        assertThat(report.changedMessages()).isEqualTo(1);
        assertThat(places()).containsExactly("x[]2", "y[1]2");
    }

    @Test
    void whatEarlierVersionsStoredIsToldApartByItsText() throws Exception {
        run(
                "a",
                0,
                conversation("x"),
                message("1", "Liked “see you”", MessageKind.TYPED, "x"),
                message("2", "> see you\nsure", MessageKind.TYPED, "x"),
                message("3", "see you", MessageKind.TYPED, "x"));
        graph.write(t -> t.run("MATCH (m:Message) REMOVE m.own, m.kind", Map.of()));
        graph.write(t -> t.run("MATCH (s:AvatarSystem {id: 'words'}) DELETE s", Map.of()));
        assertThat(StoredWords.update(graph, Progress.SILENT)).isEqualTo(2);
        assertThat(graph.read("MATCH (m:Message) RETURN m.kind AS kind, m.own AS own ORDER BY m.id", Map.of()).stream()
                        .map(row -> row.text("kind") + "|" + row.text("own")))
                .containsExactly("REACTION_TEXT|", "null|sure", "null|null");
        assertThat(StoredWords.update(graph, Progress.SILENT)).isZero();
    }

    @Test
    void aNewerReaderReadsAllAgainAndCorrectsWhoseWordsTheyAre() throws Exception {
        run("a", 0, conversation("x"), message("1", "I am driving", MessageKind.TYPED, "x"));
        ImportReport report = run("a", 1, conversation("x"), message("1", "I am driving", MessageKind.AUTO_REPLY, "x"));
        assertThat(report.changedMessages()).isEqualTo(1);
        assertThat(report.newMessages()).isZero();
        assertThat(graph.read("MATCH (m:Message) RETURN m.kind AS kind, m.own AS own, m.text AS text", Map.of()))
                .singleElement()
                .satisfies(row -> assertThat(row.values())
                        .containsEntry("kind", "AUTO_REPLY")
                        .containsEntry("own", "")
                        .containsEntry("text", "I am driving"));
        assertThat(run("a", 1, conversation("x"), message("1", "I am driving", MessageKind.AUTO_REPLY, "x"))
                        .read())
                .as("it is not read a third time")
                .isEqualTo(1);
    }
}
