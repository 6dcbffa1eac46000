package org.avatarengine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.avatarengine.anonymize.AnonymizedSource;
import org.avatarengine.anonymize.Anonymizer;
import org.avatarengine.anonymize.KnownNames;
import org.avatarengine.anonymize.Pseudonyms;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Schema;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.people.Duplicates;
import org.avatarengine.people.Merges;
import org.avatarengine.progress.Progress;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.apps.KnownApps;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.imessage.ChatDbSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who uses several apps is stored as one person. */
class SamePersonTest {
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

    private static void run(Source source) throws Exception {
        try (source) {
            new Ingest(graph, US, Progress.SILENT, () -> false).run(source);
        }
    }

    private static Source demo() throws Exception {
        return ChatDbSource.open(life.database(), life.addressBook(), shared.resolve("work"), US, Filter.ALL, 2);
    }

    private Source app(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Source source = KnownApps.open(file, new ImportOptions(null, ZoneId.of("UTC"), US));
        assertThat(source).isNotNull();
        return source;
    }

    private static String phoneOf(String person) {
        return graph.read(
                        "MATCH (:Person {name: $name})-[:HAS_HANDLE]->(h:Handle {kind: 'PHONE'}) RETURN h.id AS phone",
                        Map.of("name", person))
                .getFirst()
                .requireText("phone");
    }

    private Source telegram(String phone) throws Exception {
        return app("result.json", """
                {"personal_information": {"user_id": 7, "first_name": "Sam", "last_name": "Rivera", "phone_number": ""},
                 "contacts": {"about": "", "list": [{"user_id": 11, "first_name": "maya", "last_name": "o.", "phone_number": "%s"}]},
                 "chats": {"about": "", "list": [{"name": "maya", "type": "personal_chat", "id": 11, "messages": [
                  {"id": 1, "type": "message", "date_unixtime": "1715617800", "from": "maya", "from_id": "user11", "text": "by telegram"},
                  {"id": 2, "type": "message", "date_unixtime": "1715617900", "from": "Sam", "from_id": "user7", "text": "and back"}]}]}}
                """.formatted(phone));
    }

    private static List<String> services(String person) {
        return graph
                .read(
                        "MATCH (:Person {name: $name})-[:SENT]->(m:Message) RETURN DISTINCT m.service AS service ORDER BY"
                                + " service",
                        Map.of("name", person))
                .stream()
                .map(row -> row.requireText("service"))
                .toList();
    }

    private static long people() {
        return graph.read("MATCH (p:Person) RETURN count(p) AS n", Map.of())
                .getFirst()
                .number("n");
    }

    @Test
    void peopleAreJoinedByTheirPhoneNumber() throws Exception {
        run(demo());
        long before = people();
        String phone = phoneOf("Maya Okafor");
        run(telegram(phone));
        run(app("sms.xml", """
                <?xml version='1.0' encoding='UTF-8'?>
                <smses count="1"><sms address="%s" date="1715617800000" type="1" body="by text" contact_name="Maya from work"/></smses>
                """.formatted(phone)));
        assertThat(services("Maya Okafor")).contains("IMESSAGE", "SMS", "TELEGRAM");
        assertThat(people()).isEqualTo(before);
        assertThat(graph.read(
                                "MATCH (p:Person {owner: true})-[:SENT]->(m {text: 'and back'}) RETURN p.name AS name",
                                Map.of())
                        .getFirst()
                        .text("name"))
                .isEqualTo("Sam Rivera");
    }

    /** The address book is imported after the app; its name replaces the app's. */
    @Test
    void theOrderOfTheImportsDoesNotMatter() throws Exception {
        run(demo());
        long before = people();
        String phone = phoneOf("Maya Okafor");
        empty();
        run(telegram(phone));
        assertThat(graph.read("MATCH (p:Person {name: 'maya o.'}) RETURN p.id AS id", Map.of()))
                .hasSize(1);
        run(demo());
        assertThat(services("Maya Okafor")).contains("IMESSAGE", "TELEGRAM");
        assertThat(people()).isEqualTo(before);
        // Reading it again changes nothing.
        run(telegram(phone));
        run(demo());
        assertThat(people()).isEqualTo(before);
        assertThat(graph.read("MATCH (p:Person) WHERE p.name STARTS WITH 'maya' RETURN p", Map.of()))
                .isEmpty();
    }

    /** WhatsApp exports contain only names, so people are joined as duplicates in an address book are. */
    @Test
    void peopleAreJoinedByNameIfNothingElseIsKnown() throws Exception {
        run(demo());
        long before = people();
        run(app("WhatsApp Chat with Maya Okafor.txt", """
                5/13/24, 6:30 PM - Maya Okafor: by whatsapp
                5/13/24, 6:31 PM - Sam Rivera: fine
                """));
        assertThat(people()).isEqualTo(before + 1);
        Duplicates.Found found = new Duplicates(graph).find(0.9, 0.6);
        assertThat(found.sure()).anySatisfy(candidate -> {
            assertThat(candidate.kept().name()).isEqualTo("Maya Okafor");
            assertThat(candidate.gone().name()).isEqualTo("Maya Okafor");
        });
        found.sure()
                .forEach(candidate -> new Merges(graph)
                        .merge(
                                candidate.kept().id(),
                                candidate.gone().id(),
                                new Merges.Reason(Duplicates.METHOD, candidate.probability(), candidate.why())));
        assertThat(services("Maya Okafor")).contains("IMESSAGE", "WHATSAPP");
        // Later messages from that app go to the same person.
        run(app("WhatsApp Chat with Maya Okafor.txt", """
                5/13/24, 6:30 PM - Maya Okafor: by whatsapp
                5/13/24, 6:31 PM - Sam Rivera: fine
                5/14/24, 6:31 PM - Maya Okafor: one more
                """));
        assertThat(graph.read(
                        "MATCH (p:Person)-[:SENT]->(m:Message {service: 'WHATSAPP'}) WHERE NOT p.owner"
                                + " RETURN p.name AS name, count(m) AS n",
                        Map.of()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.text("name")).isEqualTo("Maya Okafor");
                    assertThat(row.number("n")).isEqualTo(2);
                });
    }

    @Test
    void addressesFromAppsAreAnonymizedToo() throws Exception {
        Source source = app("sms.xml", """
                <?xml version='1.0' encoding='UTF-8'?>
                <smses count="1"><mms date="1715617900000" msg_box="1" address="+12125550147~+12125550148"><parts><part ct="text/plain" text="call +12125550149"/></parts>
                <addrs><addr address="+12125550147" type="137"/></addrs></mms></smses>
                """);
        Pseudonyms pseudonyms = new Pseudonyms(new byte[32]);
        KnownNames names = KnownNames.of(source, List.of(), pseudonyms);
        run(new AnonymizedSource(source, new Anonymizer(pseudonyms, US, names)));
        StringBuilder all = new StringBuilder();
        graph.read("MATCH (n) RETURN n", Map.of(), row -> all.append(row.values()));
        assertThat(all).contains("anon-").doesNotContain("2125550147", "2125550148", "2125550149");
    }
}
