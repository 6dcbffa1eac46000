package org.avatarengine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Source;
import org.avatarengine.source.apps.KnownApps;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.exported.TableSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A message without an identifier is stored once, also when its file is imported again on a computer with another time
 * zone or region, or when a later export shows the order of day and month.
 */
class SameMessageTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Graph graph;

    @BeforeAll
    static void open() throws Exception {
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

    private static ImportReport run(Source source) throws Exception {
        try (source) {
            return new Ingest(graph, new HandleNormalizer("DE"), Progress.SILENT, () -> false).run(source);
        }
    }

    private Source app(Path file, String me, ZoneId zone, String region) throws Exception {
        Source source = KnownApps.open(file, new ImportOptions(me, zone, new HandleNormalizer(region)));
        assertThat(source).isNotNull();
        return source;
    }

    private Path write(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static long messages() {
        return graph.read("MATCH (m:Message) RETURN count(m) AS n", Map.of())
                .getFirst()
                .number("n");
    }

    private static List<String> times() {
        return graph
                .read("MATCH (m:Message) RETURN toString(m.sentAt) AS at ORDER BY m.sentAt, m.id", Map.of())
                .stream()
                .map(row -> row.requireText("at"))
                .toList();
    }

    @Test
    void aTableInAnotherZone() throws Exception {
        Path file = write("t.csv", """
                conversation,sender,sent_at,text
                trip,Ann,2024-05-01 09:00,are you up
                trip,Sam,2024-05-01 09:01,barely
                trip,Sam,2024-05-01 09:01,barely
                trip,Ann,2024-05-01T09:05:00+02:00,coffee?
                """);
        assertThat(run(table(file, BERLIN)).newMessages()).isEqualTo(4);
        assertThat(times()).first().isEqualTo("2024-05-01T07:00:00Z");

        assertThat(run(table(file, TOKYO)).newMessages()).isZero();
        assertThat(times())
                .as("only times without an offset change")
                .containsExactly(
                        "2024-05-01T00:00:00Z", "2024-05-01T00:01:00Z", "2024-05-01T00:01:00Z", "2024-05-01T07:05:00Z");
        assertThat(run(table(file, TOKYO)).read()).as("read already").isLessThan(4);
    }

    private static Source table(Path file, ZoneId zone) throws Exception {
        return TableSource.generic(file, false, "Sam", zone, new HandleNormalizer("DE"));
    }

    @Test
    void aLongerTableInAnotherZone() throws Exception {
        String rows = """
                conversation,sender,sent_at,text
                trip,Ann,2024-05-01 09:00,are you up
                trip,Sam,2024-05-01 09:01,barely
                """;
        run(table(write("t.csv", rows), BERLIN));
        ImportReport second = run(table(write("later/t.csv", rows + "trip,Ann,2024-05-02 10:00,and today?\n"), TOKYO));
        assertThat(second.newMessages()).isEqualTo(1);
        assertThat(messages()).isEqualTo(3);
    }

    @Test
    void aChatWhoseDateOrderIsRecognizedLater() throws Exception {
        String ambiguous = """
                5/6/24, 09:00 - Greta: good morning
                5/6/24, 09:01 - Sam: hello
                7/6/24, 09:02 - Greta: still there?
                """;
        Path first = write("WhatsApp Chat with Greta.txt", ambiguous);
        run(app(first, "Sam", BERLIN, "US"));
        assertThat(times()).first().asString().startsWith("2024-05-06");

        Path longer = write("later/WhatsApp Chat with Greta.txt", ambiguous + "25/6/24, 18:00 - Sam: back again\n");
        ImportReport second = run(app(longer, "Sam", TOKYO, "US"));
        assertThat(second.newMessages()).isEqualTo(1);
        assertThat(messages()).isEqualTo(4);
        assertThat(times()).as("the stored messages get the right day").allMatch(at -> at.startsWith("2024-06"));
    }

    @Test
    void aChatOfTwelveHoursAndOneOfTwentyFour() throws Exception {
        run(app(write("WhatsApp Chat with Greta.txt", "25/06/2024, 6:05 pm - Greta: dinner?\n"), "Sam", BERLIN, "GB"));
        run(app(write("b/WhatsApp Chat with Greta.txt", "25.06.24, 18:05 - Greta: dinner?\n"), "Sam", BERLIN, "DE"));
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void textMessagesInAnotherRegion() throws Exception {
        Path file = write("sms.xml", """
                <?xml version='1.0' encoding='UTF-8'?>
                <smses count="2">
                  <sms address="(212) 555-0111" date="1714546800000" type="1" body="are you up" />
                  <sms address="+12125550111" date="1714546860000" type="2" body="barely" />
                </smses>
                """);
        run(app(file, null, BERLIN, "US"));
        Path again = write("later/sms.xml", Files.readString(file).replace("count=\"2\"", "count='2'"));
        assertThat(run(app(again, null, BERLIN, "DE")).newMessages()).isZero();
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void theZoneOfEarlierImportsIsKnown() throws Exception {
        assertThat(Ingest.zoneOf(graph)).isNull();
        run(table(write("t.csv", "conversation,sender,sent_at,text\nx,Sam,2024-05-01 09:00,hi\n"), TOKYO));
        assertThat(Ingest.zoneOf(graph)).isEqualTo(TOKYO);
    }

    @Test
    void whatWasDerivedFromTheFormerTimesIsWithdrawn() throws Exception {
        Path file = write("t.csv", "conversation,sender,sent_at,text\nx,Sam,2024-05-01 09:00,hi\n");
        run(table(file, BERLIN));
        String message = graph.read("MATCH (m:Message) RETURN m.id AS id", Map.of())
                .getFirst()
                .requireText("id");
        graph.write(t -> t.run(
                "CREATE (:Passage {id: 'p', conversation: 'table:x', number: 0, text: 'hi', messageIds: [$id]})",
                Map.of("id", message)));
        assertThat(run(table(file, TOKYO)).changedMessages()).isEqualTo(1);
        List<Row> passages = graph.read("MATCH (p:Passage) RETURN p.id AS id", Map.of());
        assertThat(passages).isEmpty();
    }
}
