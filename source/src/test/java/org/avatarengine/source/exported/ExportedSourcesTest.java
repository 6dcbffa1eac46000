package org.avatarengine.source.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.avatarengine.demo.DemoLife;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.imessage.ChatDbSource;
import org.avatarengine.source.imessage.TestMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedSourcesTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    Path folder;

    @Test
    void anExportLosesNothing() throws Exception {
        DemoLife.Written life = DemoLife.write(folder.resolve("life"));
        Path file = folder.resolve("events.jsonl");
        List<Event> events;
        try (Source source =
                ChatDbSource.open(life.database(), life.addressBook(), folder.resolve("work"), US, Filter.ALL, 2)) {
            events = TestMessages.events(source);
            assertThat(EventExport.write(source, file, n -> {})).isEqualTo(events.size());
        }
        try (Source source = EventFileSource.open(file)) {
            assertThat(TestMessages.events(source)).isEqualTo(events);
        }
        assertThat(folder.resolve("events.jsonl.part")).doesNotExist();
    }

    @Test
    void aDamagedLineIsNamedInTheError() throws Exception {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(
                file,
                "{\"format\":\"avatar-engine-events/1\",\"source\":\"x\"}\n"
                        + "{\"type\":\"conversation\",\"id\":\"c\",\"service\":\"SMS\",\"participants\":[],\"group\":false}\n"
                        + "{\"type\":\"message\",\"id\":\n");
        try (Source source = EventFileSource.open(file)) {
            assertThatThrownBy(() -> TestMessages.events(source))
                    .isInstanceOf(SourceException.class)
                    .hasMessageStartingWith(file + ", line 3: this is not an event");
        }
    }

    @Test
    void anotherFormatVersionIsRefused() throws Exception {
        Path file = Files.writeString(
                folder.resolve("events.jsonl"), "{\"format\":\"avatar-engine-events/9\",\"source\":\"x\"}\n");
        assertThatThrownBy(() -> EventFileSource.open(file))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has the format avatar-engine-events/9");
    }

    private Path csv(String... lines) throws Exception {
        return Files.writeString(folder.resolve("chat.csv"), String.join("\n", lines) + "\n");
    }

    private List<Event> generic(Path file, String me) throws Exception {
        boolean json = !file.toString().endsWith(".csv");
        try (Source source = TableSource.generic(file, json, me, BERLIN, US)) {
            return TestMessages.events(source);
        }
    }

    @Test
    void readsCsv() throws Exception {
        List<Event> events = generic(
                csv(
                        "\uFEFFConversation,Sender,Sent at,Text,Id,Reply to",
                        "Book club,Anna Lee,2024-05-01T12:00:00Z,\"Read it, twice\",1,",
                        "Book club,Sam,2024-05-01 14:05:00,\"Me\ntoo\",2,1",
                        "Book club,Bob,2024-05-01T12:06:00+00:00,No spoilers!,3,"),
                "sam");
        assertThat(events)
                .filteredOn(Contact.class::isInstance)
                .extracting(e -> ((Contact) e).name())
                .containsExactly("Anna Lee", "Bob");
        assertThat(events)
                .filteredOn(Conversation.class::isInstance)
                .singleElement()
                .satisfies(c -> {
                    assertThat(((Conversation) c).group()).isTrue();
                    assertThat(((Conversation) c).participants()).hasSize(2);
                });
        List<Message> messages = events.stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
        assertThat(messages)
                .extracting(m -> m.body().text())
                .containsExactly("Read it, twice", "Me\ntoo", "No spoilers!");
        assertThat(messages).extracting(Message::fromOwner).containsExactly(false, true, false);
        // 14:05 in Berlin's summer time.
        assertThat(messages.get(1).sentAt()).isEqualTo(Instant.parse("2024-05-01T12:05:00Z"));
        assertThat(messages.get(1).replyTo().messageId())
                .isEqualTo(messages.get(0).id());
    }

    @Test
    void identicalMessagesWithoutIdentifiersAreKept() throws Exception {
        List<Event> events = generic(
                csv(
                        "conversation,sender,sent_at,text,from_me",
                        "c,Ann,2024-05-01T12:00:00Z,ha,false",
                        "c,Ann,2024-05-01T12:00:00Z,ha,false",
                        "c,,2024-05-01T12:00:01Z,what,true"),
                null);
        assertThat(events)
                .filteredOn(Message.class::isInstance)
                .extracting(Event::id)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void readsJsonArraysAndLines() throws Exception {
        String one = "{\"conversation\":\"c\",\"sender\":\"Ann\",\"sent_at\":\"2024-05-01T12:00:00Z\",\"text\":\"hi\"}";
        String two = "{\"conversation\":\"c\",\"from_me\":true,\"sent_at\":\"2024-05-01T12:00:05Z\",\"text\":\"ho\"}";
        Path array = Files.writeString(folder.resolve("a.json"), "[" + one + "," + two + "]");
        Path lines = Files.writeString(folder.resolve("b.json"), one + "\n" + two + "\n");
        assertThat(generic(array, null))
                .filteredOn(Message.class::isInstance)
                .extracting(Event::id)
                .isEqualTo(generic(lines, null).stream()
                        .filter(Message.class::isInstance)
                        .map(Event::id)
                        .toList())
                .hasSize(2);
    }

    @Test
    void readsTheOriginalsExport() throws Exception {
        Path file = Files.writeString(folder.resolve("imessage_export.json"), """
                [{"rowid": 2, "date": "2024-05-01T12:00:00", "body": "mine", "phone_number": "+12125550111",
                  "is_from_me": true, "cache_roomname": null, "group_chat_name": null,
                  "first_name": "Anna", "last_name": "Lee", "phone_hash": ""},
                 {"rowid": 1, "date": "2024-05-01T11:00:00.250000", "body": "theirs", "phone_number": "+12125550111",
                  "is_from_me": false, "cache_roomname": null, "group_chat_name": null,
                  "first_name": "Anna", "last_name": "Lee", "phone_hash": ""},
                 {"rowid": 3, "date": "2024-05-01T13:00:00", "body": "group", "phone_number": "+12125550122",
                  "is_from_me": false, "cache_roomname": "chat42", "group_chat_name": "Us",
                  "first_name": null, "last_name": null, "phone_hash": ""}]""");
        List<Event> events;
        try (Source source = TableSource.original(file, null, BERLIN, US)) {
            events = TestMessages.events(source);
        }
        assertThat(events)
                .filteredOn(Conversation.class::isInstance)
                .extracting(e -> ((Conversation) e).group())
                .containsExactly(false, true);
        List<Message> messages = events.stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
        assertThat(messages).extracting(m -> m.body().text()).containsExactly("mine", "theirs", "group");
        assertThat(messages.get(0).conversationIds()).isEqualTo(messages.get(1).conversationIds());
        assertThat(messages.get(1).sentAt()).isEqualTo(Instant.parse("2024-05-01T11:00:00.250Z"));
        assertThat(events)
                .filteredOn(Contact.class::isInstance)
                .extracting(e -> ((Contact) e).name())
                .containsExactly("Anna Lee");
    }

    @Test
    void invalidRowsAreNamedAndNothingIsDelivered() throws Exception {
        assertProblem(
                csv("conversation,sender,sent_at,text", "c,Ann,2024-05-01T12:00:00Z,fine", "c,Ann,yesterday,bad"),
                ", row 3: field \"sent_at\" is not a time. Use a form like 2024-05-01T18:30:00Z.");
        assertProblem(
                csv("conversation,sender,sent_at,text", ",Ann,2024-05-01T12:00:00Z,x"),
                ", row 2: field \"conversation\" is empty.");
        assertProblem(
                csv("conversation,sender,sent_at,text", "c,,2024-05-01T12:00:00Z,x"),
                ", row 2: field \"sender\" is empty");
        assertProblem(csv("conversation,sender,sent_at,text"), " contains no messages.");
        Path broken = Files.writeString(folder.resolve("x.json"), "[{\"conversation\": \"c\", ");
        assertThatThrownBy(() -> generic(broken, null))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(broken + ", record 1: this is not valid JSON");
        Path latin = Files.write(
                folder.resolve("latin.csv"),
                "conversation,sender,sent_at,text\nc,Zo\u00eb,2024-05-01T12:00:00Z,x\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> generic(latin, null))
                .isInstanceOf(SourceException.class)
                .hasMessage(latin + " is not valid UTF-8. Save it as UTF-8 and try again.");
    }

    private void assertProblem(Path file, String end) {
        assertThatThrownBy(() -> generic(file, "me"))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(file + end);
    }

    @Test
    void theOwnerOfATableMustBeKnown() throws Exception {
        Path file = csv("conversation,sender,sent_at,text", "c,Ann,2024-05-01T12:00:00Z,x");
        assertThatThrownBy(() -> generic(file, null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me NAME");
    }
}
