package org.avatarengine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Filter;
import org.avatarengine.source.FilteredSource;
import org.avatarengine.source.Source;
import org.avatarengine.source.exported.EventExport;
import org.avatarengine.source.exported.EventFileSource;
import org.avatarengine.source.imessage.ChatDbSource;
import org.avatarengine.source.imessage.TestMessages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Graph graph;
    private static DemoLife.Written life;

    @BeforeAll
    static void open() throws Exception {
        graph = EmbeddedGraph.open(shared.resolve("graph"));
        life = DemoLife.write(shared.resolve("life"));
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

    private static ImportReport run(Source source) throws Exception {
        try (source) {
            return new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
    }

    private static Source demo(Path work) throws Exception {
        return ChatDbSource.open(life.database(), life.addressBook(), work, US, Filter.ALL, 2);
    }

    /** Every node and link, as text, without bookkeeping data. */
    static List<String> dump() {
        List<String> lines = new ArrayList<>();
        graph.read(
                "MATCH (n) WHERE NOT n:AvatarSystem AND NOT n:Source" + " RETURN n ORDER BY labels(n)[0], n.id",
                Map.of(),
                row -> {
                    Map<Object, Object> node =
                            new TreeMap<>((Map<?, ?>) row.values().get("n"));
                    node.remove("dataVersion");
                    lines.add(node.toString());
                });
        graph.read(
                "MATCH (a)-[r]->(b) RETURN labels(a)[0] + a.id AS a, type(r) AS t, properties(r) AS p,"
                        + " labels(b)[0] + b.id AS b ORDER BY a, t, b",
                Map.of(),
                row -> lines.add(row.values().toString()));
        return lines;
    }

    private static long count(String pattern) {
        return graph.read("MATCH " + pattern + " RETURN count(*) AS n", Map.of())
                .getFirst()
                .number("n");
    }

    @Test
    void theDemoLifeIsImportedCompletely() throws Exception {
        ImportReport report = run(demo(folder));
        assertThat(report.newMessages()).isEqualTo(life.messages()).isGreaterThan(2000);
        assertThat(report.problems()).isZero();
        assertThat(report.unresolved()).isZero();
        assertThat(count("(p:Person)-[:SENT]->(:Message)")).isEqualTo(report.newMessages());
        assertThat(count("(:Message)-[:SENT_TO]->(:Conversation)")).isEqualTo(report.newMessages());
        assertThat(count("(:Reaction)-[:REACTS_TO]->(:Message)")).isEqualTo(report.newReactions());
        assertThat(count("(:Message)-[:REPLIES_TO]->(:Message)")).isEqualTo(14);
        assertThat(count("(:Message)-[:HAS_EDIT]->(:Edit)")).isEqualTo(12);
        assertThat(count("(:Message)-[:MENTIONS]->(:Person {name: 'Leo Rivera'})"))
                .isEqualTo(8);
        assertThat(count("(:Message)-[:HAS_APP]->(:AppContent {kind: 'POLL'})")).isEqualTo(1);
        assertThat(count("(a:Attachment) WHERE a.transcription IS NOT NULL")).isEqualTo(4);
        assertThat(count("(m:Message) WHERE m.deletedAt IS NOT NULL")).isEqualTo(8);
        assertThat(count("(c:GroupChat)")).isEqualTo(3);
        assertThat(count("(:Person {name: 'Maya Okafor'})-[:HAS_HANDLE]->(:Handle)"))
                .isEqualTo(2);
        assertThat(count("(p:Person {owner: true, name: 'Sam Rivera'})")).isEqualTo(1);
    }

    @Test
    void aSecondRunAddsNothing() throws Exception {
        run(demo(folder));
        List<String> once = dump();
        ImportReport again = run(demo(folder));
        assertThat(again.newMessages()).isZero();
        assertThat(again.newPeople()).isZero();
        assertThat(dump()).isEqualTo(once);
    }

    @Test
    void anImportStoppedAnywhereAndResumedGivesTheSameGraph() throws Exception {
        Path file = folder.resolve("chat.db");
        try (TestMessages messages = TestMessages.create(file)) {
            for (int i = 1; i <= 13_000; i++) {
                messages.text(i, "message " + i);
            }
        }
        run(TestMessages.open(file));
        List<String> whole = dump();
        empty();
        long stored = 0;
        for (int stops = 1; stops <= 3; stops++) {
            AtomicInteger batches = new AtomicInteger();
            try (Source source = TestMessages.open(file)) {
                ImportReport report =
                        new Ingest(graph, US, Progress.SILENT, () -> batches.incrementAndGet() == 2).run(source);
                assertThat(report.stopped()).isTrue();
                stored += report.newMessages();
            }
        }
        stored += run(TestMessages.open(file)).newMessages();
        assertThat(stored).isEqualTo(13_000);
        assertThat(dump()).isEqualTo(whole);
    }

    @Test
    void oneLargeImportGivesTheSameGraphAsSmallOnes() throws Exception {
        Path file = folder.resolve("chat.db");
        try (TestMessages messages = TestMessages.create(file)) {
            long group = messages.db.groupChat("chat9", "Us", List.of(messages.anna), TestMessages.OWNER);
            for (int i = 1; i <= 21_000; i++) {
                messages.text(i, "message " + i);
                if (i % 50 == 0) {
                    messages.db.message(group, messages.row("H" + i, "text", "in the group " + i));
                    messages.db.message(
                            group,
                            messages.row(
                                    "R" + i, "associated_message_type", 2000, "associated_message_guid", "p:0/H" + i));
                }
            }
        }
        ImportReport bulk = run(TestMessages.open(file));
        assertThat(bulk.newMessages()).isEqualTo(21_420);
        List<String> loaded = dump();
        empty();
        // In parts that are too small for the offline importer.
        for (int piece = 0; piece < 5; piece++) {
            run(TestMessages.open(file, new Filter(null, null, 5000, List.of(), List.of())));
        }
        assertThat(dump()).isEqualTo(loaded);
    }

    @Test
    void laterEditsAndReceiptsAreApplied() throws Exception {
        Path file = folder.resolve("chat.db");
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "see you at 7");
            messages.text(2, "ok");
        }
        run(TestMessages.open(file));
        try (ChatDbWriter db = ChatDbWriter.append(file)) {
            db.execute(
                    "UPDATE message SET date_edited = ?, attributedBody = ?, message_summary_info = ? WHERE guid = 'G1'",
                    ChatDbWriter.time(TestMessages.NOON.plusSeconds(900)),
                    TypedstreamWriter.plain("see you at 8"),
                    ChatDbWriter.summary(
                            Map.of(
                                    0,
                                    List.of(
                                            Map.entry(TestMessages.NOON, "see you at 7"),
                                            Map.entry(TestMessages.NOON.plusSeconds(900), "see you at 8"))),
                            1,
                            List.of()));
        }
        assertThat(run(TestMessages.open(file)).newMessages()).isZero();
        assertThat(graph.read(
                        "MATCH (m:Message {id: 'G1'})-[:HAS_EDIT]->(e) RETURN m.text AS now, e.text AS was"
                                + " ORDER BY e.version",
                        Map.of()))
                .extracting(row -> row.text("was") + " / " + row.text("now"))
                .containsExactly("see you at 7 / see you at 8", "see you at 8 / see you at 8");
    }

    @Test
    void unsendingAMessageRemovesItsText() throws Exception {
        Path file = folder.resolve("chat.db");
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "oops");
        }
        run(TestMessages.open(file));
        try (ChatDbWriter db = ChatDbWriter.append(file)) {
            db.execute(
                    "UPDATE message SET date_edited = ?, attributedBody = NULL, message_summary_info = ?",
                    ChatDbWriter.time(TestMessages.NOON.plusSeconds(900)),
                    ChatDbWriter.summary(Map.of(), 1, List.of(0)));
        }
        run(TestMessages.open(file));
        assertThat(graph.read("MATCH (m:Message) RETURN m.text AS text, m.unsentParts AS parts", Map.of()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.text("text")).isNull();
                    assertThat(row.texts("parts")).containsExactly("0");
                });
    }

    @Test
    void aReplyReadBeforeItsTargetIsLinkedAtTheEnd() throws Exception {
        Path file = folder.resolve("chat.db");
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "REPLY",
                            "text",
                            "yes",
                            "thread_originator_guid",
                            "QUESTION",
                            "thread_originator_part",
                            "0:0:3"));
            messages.db.message(
                    messages.chat,
                    messages.row("HEART", "associated_message_type", 2000, "associated_message_guid", "p:0/QUESTION"));
            messages.db.message(messages.chat, messages.row("QUESTION", "text", "coming?"));
        }
        assertThat(run(TestMessages.open(file)).unresolved()).isZero();
        assertThat(count("(:Message {id: 'REPLY'})-[:REPLIES_TO]->(:Message {id: 'QUESTION'})"))
                .isEqualTo(1);
        assertThat(count("(:Reaction {id: 'HEART'})-[:REACTS_TO]->(:Message {id: 'QUESTION'})"))
                .isEqualTo(1);
    }

    @Test
    void contactsImportedLaterJoinThePeopleOfTheirAddresses() throws Exception {
        try (Source source = ChatDbSource.open(life.database(), null, folder, US, Filter.ALL, 1)) {
            run(source);
        }
        long before = count("(:Person)");
        List<String> messages =
                graph.read("MATCH (:Person)-[:SENT]->(m) RETURN m.id AS id ORDER BY id", Map.of()).stream()
                        .map(row -> row.requireText("id"))
                        .toList();
        run(demo(folder));
        assertThat(count("(:Person)")).isLessThanOrEqualTo(before);
        assertThat(count("(:Person {name: 'Priya Nair'})-[:HAS_HANDLE]->()")).isEqualTo(2);
        assertThat(graph.read("MATCH (:Person)-[:SENT]->(m) RETURN m.id AS id ORDER BY id", Map.of()))
                .extracting(row -> row.requireText("id"))
                .isEqualTo(messages);
        List<String> joined = dump();
        empty();
        run(demo(folder));
        assertThat(dump().stream().filter(line -> line.contains("SENT")).count())
                .isEqualTo(joined.stream().filter(line -> line.contains("SENT")).count());
    }

    @Test
    void anExportGivesTheSameGraph() throws Exception {
        run(demo(folder));
        List<String> direct = dump();
        Path file = folder.resolve("events.jsonl");
        try (Source source = demo(folder)) {
            EventExport.write(source, file, written -> {});
        }
        empty();
        run(EventFileSource.open(file));
        assertThat(dump()).isEqualTo(direct);
    }

    @Test
    void aLimitedImportOfAnExportContinuesWhereItStopped() throws Exception {
        Path file = folder.resolve("events.jsonl");
        try (Source source = demo(folder)) {
            EventExport.write(source, file, written -> {});
        }
        Filter hundred = new Filter(null, null, 100, List.of(), List.of());
        assertThat(run(new FilteredSource(EventFileSource.open(file), hundred)).newMessages())
                .isEqualTo(100);
        assertThat(run(new FilteredSource(EventFileSource.open(file), hundred)).newMessages())
                .isEqualTo(100);
        assertThat(run(EventFileSource.open(file)).newMessages()).isEqualTo(life.messages() - 200);
    }

    @Test
    void theSourceIsNeverModified() throws Exception {
        long size = Files.size(life.database());
        var changed = Files.getLastModifiedTime(life.database());
        run(demo(folder));
        assertThat(Files.size(life.database())).isEqualTo(size);
        assertThat(Files.getLastModifiedTime(life.database())).isEqualTo(changed);
    }
}
