package org.avatarengine.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.avatarengine.anonymize.AnonymizedSource;
import org.avatarengine.anonymize.Anonymizer;
import org.avatarengine.anonymize.KnownNames;
import org.avatarengine.anonymize.Pseudonyms;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.KnownApps;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.exported.TableSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first version of the program stored is recognized when its file is imported again. The former identifiers
 * are those that version 0.1.0 gave to these files.
 */
class FormerIdsTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");

    private static final String PAIR = """
            5/13/24, 18:30 - Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, \
            can read or listen to them. Tap to learn more.
            5/13/24, 18:30 - Anna Lee: Hello!
            How are you?
            5/13/24, 18:31 - Ben Fox: Fine: thanks
            5/13/24, 18:32 - Anna Lee: <Media omitted>
            5/13/24, 18:33 - Anna Lee: IMG-20240513-WA0001.jpg (file attached)
            The lake
            5/13/24, 18:34 - Ben Fox: You deleted this message
            5/13/24, 18:40 - Anna Lee: Sunday then <This message was edited>
            5/14/24, 09:00 - Ben Fox: ok
            5/14/24, 09:00 - Ben Fox: ok
            5/14/24, 09:05 - Anna Lee: bring the lantern, the path is dark
            """;

    private static final String GROUP = """
            [13.05.24, 18:30:05] Hikers: \u200eMessages and calls are end-to-end encrypted.
            [13.05.24, 18:30:06] ~ Alex: first here
            [13.05.24, 18:31:06] Ben Fox: second
            [13.05.24, 18:32:06] Alex: I am another Alex
            [13.05.24, 18:33:06] Ben Fox: good morning all
            [13.05.24, 18:33:46] ~ Alex: \u200eBen Fox changed the subject to “Hikers 2”
            """;

    private static final String ORIGINAL = """
            [{"rowid": 5, "date": "2024-05-01T10:00:00", "body": "from the original", "is_from_me": false,
              "phone_number": "+12125550111", "first_name": "Cara", "last_name": "Moe"}]""";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Graph graph;

    @BeforeAll
    static void open() {
        graph = EmbeddedGraph.open(shared.resolve("graph"));
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

    private record Old(String id, String sender, String at, String text) {}

    private static final List<Old> OF_PAIR = List.of(
            new Old(
                    "172a381815ff74f150b38f4df9abcb5a",
                    "c9d30b89-f095-3396-b331-db060af07deb",
                    "13T18:30",
                    "Hello!\nHow are you?"),
            new Old("7dbcf250a747b151350f4f5dc53cc870", "owner", "13T18:31", "Fine: thanks"),
            new Old("2ca74f8fd3496b9d228d3bd6fc0d7b92", "c9d30b89-f095-3396-b331-db060af07deb", "13T18:32", ""),
            new Old("219eb7a2754f2ea68582d21d39587942", "c9d30b89-f095-3396-b331-db060af07deb", "13T18:33", "The lake"),
            new Old("c1a565f0c471b91d484243139e0b3340", "owner", "13T18:34", ""),
            new Old(
                    "b601a93c2f16c34fe8ea5d161049ffc4",
                    "c9d30b89-f095-3396-b331-db060af07deb",
                    "13T18:40",
                    "Sunday then <This message was edited>"),
            new Old("a179798115e501fd6258fdc98afcd05b", "owner", "14T09:00", "ok"),
            new Old("a179798115e501fd6258fdc98afcd05b-2", "owner", "14T09:00", "ok"),
            new Old(
                    "1f53e0e64e33b71a20b56377d94b23da",
                    "c9d30b89-f095-3396-b331-db060af07deb",
                    "14T09:05",
                    "bring the lantern, the path is dark"));

    private static final List<Old> OF_GROUP = List.of(
            new Old(
                    "262322edc4334acb7d4981a4486e7de9",
                    "3c52667d-b8a9-39f6-ac02-ff4e1fd8e18e",
                    "13T18:30",
                    "first here"),
            new Old("dc5ea00ba8cb0d9b7528ec549313d663", "owner", "13T18:31", "second"),
            new Old(
                    "64ce75ed7c85fd14720203b72bdc56a5",
                    "3c52667d-b8a9-39f6-ac02-ff4e1fd8e18e",
                    "13T18:32",
                    "I am another Alex"),
            new Old("1708f3cd34985c818eef0149165ec856", "owner", "13T18:33", "good morning all"));

    /** Stores messages as the first version did, with a picture, a fact and a memory. */
    private static void stored(String conversation, List<Old> messages, String notice) {
        graph.write(t -> {
            t.run("MERGE (:Source {id: 'whatsapp:earlier', importedAt: datetime()})", Map.of());
            t.run("MERGE (:Person {id: 'owner', owner: true})", Map.of());
            t.run("CREATE (:Conversation {id: $id, service: 'WHATSAPP', group: false})", Map.of("id", conversation));
            for (Old one : messages) {
                t.run(
                        """
                        MERGE (p:Person {id: $sender})
                        WITH p MATCH (c:Conversation {id: $conversation})
                        MERGE (p)-[:MEMBER_OF]->(c)
                        CREATE (p)-[:SENT]->(m:Message {id: $id, text: $text, sentAt: datetime($at),
                            fromOwner: $sender = 'owner', service: 'WHATSAPP'})-[:SENT_TO]->(c)
                        CREATE (m)-[:HAS_ATTACHMENT]->(:Attachment {id: $id + '/0'})
                        CREATE (:Claim {id: 'claim ' + $id})-[:SHOWN_BY]->(m)
                        CREATE (:Passage {id: 'passage ' + $id, conversation: $conversation, number: 1,
                            messageIds: [$id], text: $text})""",
                        Map.of(
                                "sender",
                                one.sender,
                                "conversation",
                                conversation,
                                "id",
                                "whatsapp:" + one.id,
                                "text",
                                one.text,
                                "at",
                                "2024-05-" + one.at + ":00Z"));
            }
            return t.run(
                    "MATCH (c:Conversation {id: $conversation})"
                            + " CREATE (:GroupChange {id: $id, kind: 'UNKNOWN'})-[:HAPPENED_IN]->(c)",
                    Map.of("conversation", conversation, "id", "whatsapp:" + notice));
        });
    }

    private Path file(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Path zip(String name, String entry, String content) throws Exception {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static Source open(Path file) throws Exception {
        return open(file, "Ben Fox");
    }

    private static Source open(Path file, String me) throws Exception {
        return Objects.requireNonNull(KnownApps.open(file, new ImportOptions(me, ZoneOffset.UTC, US)));
    }

    private static ImportReport run(Source source) throws Exception {
        try (source) {
            return new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
    }

    private static long count(String pattern) {
        return graph.read("MATCH " + pattern + " RETURN count(*) AS n", Map.of())
                .getFirst()
                .number("n");
    }

    private static List<String> texts() {
        return graph
                .read(
                        "MATCH (p)-[:SENT]->(m:Message)-[:SENT_TO]->() RETURN p.id = 'owner' AS own,"
                                + " coalesce(m.text, '') AS text ORDER BY m.sentAt, text",
                        Map.of())
                .stream()
                .map((Row row) -> (row.isTrue("own") ? "me: " : "") + row.text("text"))
                .toList();
    }

    @Test
    void aChatIsRecognized() throws Exception {
        stored("whatsapp:Anna Lee", OF_PAIR, "e294c658c6e36183eb89202ff52c1ef8");
        ImportReport report = run(open(file("WhatsApp Chat with Anna Lee.txt", PAIR)));
        assertThat(report.renamedMessages()).isEqualTo(9);
        assertThat(report.newMessages()).isZero();
        assertThat(texts())
                .containsExactly(
                        "Hello!\nHow are you?",
                        "me: Fine: thanks",
                        "",
                        "The lake",
                        "me: ",
                        "Sunday then",
                        "me: ok",
                        "me: ok",
                        "bring the lantern, the path is dark");
        assertThat(count("(c:Conversation)")).isEqualTo(1);
        assertThat(count("(c:Conversation {id: 'whatsapp:Anna Lee'})")).isZero();
        assertThat(count("(g:GroupChange)-[:HAPPENED_IN]->(:Conversation)")).isEqualTo(1);
        assertThat(count("(a:Attachment)")).as("one is omitted, one is named").isEqualTo(2);
        assertThat(count("(:Claim)-[:SHOWN_BY]->(:Message)"))
                .as("what has been said about a message stays with it")
                .isEqualTo(9);
        assertThat(count("(p:Passage)"))
                .as("memory is made again, in the present conversation")
                .isZero();
        ImportReport again = run(open(file("again/WhatsApp Chat with Anna Lee.txt", PAIR)));
        assertThat(again.renamedMessages()).isZero();
        assertThat(again.newMessages()).isZero();
        assertThat(texts()).hasSize(9);
    }

    /** The first version took everybody in a file called like this for members of one conversation. */
    @Test
    void whatIsKnownBetterNowIsSetRight() throws Exception {
        stored("whatsapp:one", OF_GROUP, "4666d9f674b828bfa354448da24b5dd0");
        graph.write(t -> t.run(
                "MATCH (c:Conversation) CREATE (:GroupChange {id: 'whatsapp:56c870ba29d8f5d711d8fea6bd5ee269'})"
                        + "-[:HAPPENED_IN]->(c)",
                Map.of()));
        ImportReport report = run(open(zip("one.zip", "_chat.txt", GROUP)));
        assertThat(report.renamedMessages()).isEqualTo(4);
        assertThat(report.newMessages()).isZero();
        assertThat(count("(g:GroupChange)")).isEqualTo(2);
        assertThat(graph.read(
                        "MATCH (p)-[:SENT]->(m:Message) WHERE p.id <> 'owner' RETURN count(DISTINCT p) AS n", Map.of()))
                .singleElement()
                .satisfies(row -> assertThat(row.number("n"))
                        .as("Alex and ~ Alex are two people")
                        .isEqualTo(2));
    }

    /** Numbers of rows mean other messages in another file. */
    @Test
    void aRowOfTheOriginalIsRecognizedByItsContent() throws Exception {
        String message = "CREATE (:Source {id: 'table:earlier'}), (p:Person {id: 'cara'})-[:SENT]->(:Message {id:"
                + " 'table:+12125550111:rowid-5', text: $text, sentAt: datetime('2024-05-01T10:00:00Z'),"
                + " service: 'IMESSAGE'})-[:SENT_TO]->(:Conversation {id: 'table:+12125550111'})";
        graph.write(t -> t.run(message, Map.of("text", "from the original")));
        Path file = file("original.json", ORIGINAL);
        ImportReport report = run(Objects.requireNonNull(TableSource.original(file, null, ZoneOffset.UTC, US)));
        assertThat(report.renamedMessages()).isEqualTo(1);
        assertThat(report.newMessages()).isZero();
        assertThat(count("(c:Conversation)")).isEqualTo(1);
        empty();
        graph.write(t -> t.run(message.replace("10:00:00Z", "11:11:00Z"), Map.of("text", "something else")));
        report = run(Objects.requireNonNull(TableSource.original(file, null, ZoneOffset.UTC, US)));
        assertThat(report.renamedMessages()).isZero();
        assertThat(texts()).containsExactly("from the original", "something else");
    }

    /** A fresh store needs no search for former identifiers, and a later export of the same chat adds what is new. */
    @Test
    void aLaterExportAddsWhatIsNew() throws Exception {
        stored("whatsapp:Anna Lee", OF_PAIR, "e294c658c6e36183eb89202ff52c1ef8");
        ImportReport report =
                run(open(file("WhatsApp Chat with Anna Lee.txt", PAIR + "5/15/24, 10:00 - Ben Fox: back home\n")));
        assertThat(report.renamedMessages()).isEqualTo(9);
        assertThat(report.newMessages()).isEqualTo(1);
        assertThat(texts()).hasSize(10).last().isEqualTo("me: back home");
    }

    /** The first version took a message that was pasted into another for a message of its own. */
    @Test
    void whatWasPastedIsNoMessageOfItsOwn() throws Exception {
        stored(
                "whatsapp:Ann Lee",
                List.of(
                        new Old(
                                "12d6a2d2ee0a0dbba18e5a550cfe8e4a",
                                "owner",
                                "13T10:12",
                                "Hello: this has a colon: yes"),
                        new Old("b2df7fa1a00e5e8b239d5de36b7bbbd5", "ann", "13T10:13", "note"),
                        new Old(
                                "19d9f93ee304a00a09ea2e7a0097f329",
                                "owner",
                                "12T09:00",
                                "pasted line from an older chat"),
                        new Old("3f6bd362ab6a247139925c68da174280", "ann", "13T10:14", "and a last one")),
                "00");
        run(open(file("WhatsApp Chat with Ann Lee.txt", """
                13/05/2024, 10:12 - Bob Ray: Hello: this has a colon: yes
                13/05/2024, 10:13 - Ann Lee: note
                12/05/2024, 09:00 - Bob Ray: pasted line from an older chat
                13/05/2024, 10:14 - Ann Lee: and a last one
                """), "Bob Ray"));
        assertThat(count("(m:Message)-[:SENT_TO]->(:Conversation)")).isEqualTo(3);
        assertThat(count("(m:Message)")).isEqualTo(3);
        assertThat(count("(c:Conversation)")).isEqualTo(1);
    }

    @Test
    void otherPseudonymsCannotBeRecognized() throws Exception {
        stored("whatsapp:Anna Lee", OF_PAIR, "e294c658c6e36183eb89202ff52c1ef8");
        Source plain = open(file("WhatsApp Chat with Anna Lee.txt", PAIR));
        Pseudonyms pseudonyms = new Pseudonyms(new byte[32]);
        Source hidden = new AnonymizedSource(
                plain, new Anonymizer(pseudonyms, US, KnownNames.of(plain, List.of(), pseudonyms)));
        assertThatThrownBy(() -> run(hidden))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("stored twice. Run `avatar reset`");
        assertThat(texts()).hasSize(9);
    }
}
