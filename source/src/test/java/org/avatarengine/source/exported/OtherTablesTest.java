package org.avatarengine.source.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.ExportSource;
import org.avatarengine.source.imessage.TestMessages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python original's exports in all their forms, and tables of other programs. */
class OtherTablesTest {
    private static final HandleNormalizer US = new HandleNormalizer("US");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final String ROWS = """
            {"rowid": 7, "date": "2024-01-15T10:30:00", "body": "theirs", "phone_number": "+12125550123",
             "is_from_me": false, "cache_roomname": null, "group_chat_name": null, "first_name": "Jane", "last_name": "Roe"},
            {"rowid": 8, "date": "2024-01-15T10:31:00", "body": "mine", "phone_number": "+12125550123",
             "is_from_me": true, "cache_roomname": null, "group_chat_name": null, "first_name": "Jane", "last_name": "Roe"}""";

    @TempDir
    Path folder;

    private List<Event> original(Path file) throws Exception {
        try (ExportSource source = TableSource.original(file, null, BERLIN, US)) {
            assertThat(source).as("recognized").isNotNull();
            return TestMessages.events(source);
        }
    }

    private Path json(String content) throws Exception {
        return Files.writeString(folder.resolve("x.json"), content);
    }

    private static List<Message> messages(List<Event> events) {
        return events.stream()
                .filter(Message.class::isInstance)
                .map(Message.class::cast)
                .toList();
    }

    private static void assertTheTwo(List<Event> events) {
        assertThat(messages(events)).extracting(m -> m.body().text()).containsExactly("theirs", "mine");
        assertThat(messages(events)).extracting(Message::fromOwner).containsExactly(false, true);
        assertThat(messages(events))
                .extracting(Message::sentAt)
                .first()
                .isEqualTo(Instant.parse("2024-01-15T10:30:00Z"));
        assertThat(events.stream().filter(Conversation.class::isInstance)).hasSize(1);
    }

    @Test
    void theOriginalIsRecognizedInAllItsForms() throws Exception {
        String filler = "\"filler\": \"" + "x".repeat(20_000) + "\", ";
        List<Message> array = messages(original(json("[" + ROWS + "]")));
        for (String form : List.of(
                "[" + ROWS + "]",
                "{\"messages\": [" + ROWS + "]}",
                "{" + filler + "\"exported\": {\"by\": [1, 2]}, \"messages\": [" + ROWS + "]}",
                "{\"count\": 2, \"data\": {\"messages\": [" + ROWS + "]}, \"more\": [{\"a\": 1}]}",
                "[" + ROWS.replace("{\"rowid\"", "{" + filler + "\"rowid\"") + "]",
                ROWS.replace("\n", " ").replace("},", "}\n"),
                "[" + ROWS.replace("\"body\"", "\"text\"").replace("false", "0").replace("true", "1") + "]",
                "[" + ROWS.replace("false", "\"false\"").replace("true", "\"true\"") + "]",
                "[" + ROWS.replace("T10", " 10") + "]",
                "["
                        + ROWS.replace("\"2024-01-15T10:30:00\"", "1705314600")
                                .replace("\"2024-01-15T10:31:00\"", "1705314660")
                        + "]",
                "["
                        + ROWS.replace("\"2024-01-15T10:30:00\"", "1705314600000")
                                .replace("\"2024-01-15T10:31:00\"", "\"1705314660000\"")
                        + "]",
                "["
                        + ROWS.replace("\"2024-01-15T10:30:00\"", "727007400000000000")
                                .replace("\"2024-01-15T10:31:00\"", "727007460")
                        + "]",
                "\uFEFF[" + ROWS + "]")) {
            List<Event> events = original(json(form));
            assertTheTwo(events);
            assertThat(messages(events))
                    .extracting(Event::id)
                    .isEqualTo(array.stream().map(Event::id).toList());
            assertThat(events)
                    .filteredOn(Contact.class::isInstance)
                    .extracting(e -> ((Contact) e).name())
                    .containsExactly("Jane Roe");
        }
    }

    @Test
    void theSameMessagesInItsDatabaseAreTheSame() throws Exception {
        Path file = folder.resolve("messages.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE contacts(name text, number text)");
            statement.execute(
                    "CREATE TABLE messages(rowid integer primary key, date text, body text, cleaned_body text,"
                            + " phone_number text, is_from_me int, cache_roomname text, group_chat_name text, first_name text,"
                            + " last_name text)");
            statement.execute("INSERT INTO messages VALUES"
                    + "(1,'2024-01-15T10:30:00','theirs','their','+12125550123',0,NULL,NULL,'Jane','Roe'),"
                    + "(2,'2024-01-15T10:31:00','mine','mine','+12125550123',1,NULL,NULL,'Jane','Roe')");
        }
        List<Event> events = original(file);
        assertTheTwo(events);
        assertThat(messages(events))
                .extracting(Event::id)
                .isEqualTo(messages(original(json("[" + ROWS + "]"))).stream()
                        .map(Event::id)
                        .toList());
    }

    @Test
    void otherFilesAreNotTheOriginals() throws Exception {
        for (String other : List.of(
                "{\"name\": \"x\", \"messages\": [{\"id\": 1, \"type\": \"message\", \"date\": \"2024-01-15T10:30:00\","
                        + " \"from\": \"Ann\", \"text\": \"hi\"}]}",
                "{\"messages\": [",
                "[1, 2]",
                "[]",
                "plain text")) {
            assertThat(TableSource.original(json(other), null, BERLIN, US)).isNull();
        }
        Path empty = json("[" + ROWS.replace("theirs", "").replace("mine", "") + "]");
        assertThatThrownBy(() -> original(empty))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no text");
    }

    private List<Event> table(Path file, @Nullable String me) throws Exception {
        boolean json = file.toString().endsWith(".json");
        try (ExportSource source = TableSource.generic(file, json, me, BERLIN, US)) {
            return TestMessages.events(source);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_002", "USER_002"})
    void aListOfSenderTextAndTimestampIsOneConversation(String me) throws Exception {
        Path file = json("[{\"sender\": \"user_001\", \"text\": \"Coming?\", \"timestamp\": \"2025-09-29T09:00:00\"},"
                + " {\"sender\": \"user_002\", \"text\": \"Yes.\", \"timestamp\": \"2025-09-29T09:02:00\"}]");
        List<Event> events = table(file, me);
        assertThat(messages(events)).extracting(Message::fromOwner).containsExactly(false, true);
        assertThat(events.stream().filter(Conversation.class::isInstance)).hasSize(1);
        assertThatThrownBy(() -> table(file, null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me NAME")
                .hasMessageContaining("user_001, user_002");
        // A longer export has the same identifiers; one of other people is another conversation.
        Path longer = json("[{\"sender\": \"user_001\", \"text\": \"Coming?\", \"timestamp\": \"2025-09-29T09:00:00\"},"
                + " {\"sender\": \"user_002\", \"text\": \"Yes.\", \"timestamp\": \"2025-09-29T09:02:00\"},"
                + " {\"sender\": \"user_001\", \"text\": \"Good.\", \"timestamp\": \"2025-09-29T09:03:00\"}]");
        assertThat(messages(table(longer, me)))
                .extracting(Event::id)
                .startsWith(messages(events).stream().map(Event::id).toArray(String[]::new));
        Path others = json("[{\"sender\": \"user_003\", \"text\": \"Coming?\", \"timestamp\": \"2025-09-29T09:00:00\"},"
                + " {\"sender\": \"user_002\", \"text\": \"Yes.\", \"timestamp\": \"2025-09-29T09:02:00\"}]");
        assertThat(messages(table(others, me)).getFirst().conversationIds())
                .isNotEqualTo(messages(events).getFirst().conversationIds());
    }

    @Test
    void otherNamesOfColumnsAndOtherSeparatorsAreRead() throws Exception {
        for (String separator : List.of(",", "\t", ";")) {
            Path file = Files.writeString(
                    folder.resolve("chat.csv"),
                    String.join(separator, "Timestamp", "From", "Message", "Chat") + "\n"
                            + String.join(separator, "2024-05-01 12:00:00 UTC", "Anna Lee", "Hi", "Club") + "\n"
                            + String.join(separator, "2024-05-01T14:01:00+02:00", "Sam", "Ho", "Club") + "\n");
            List<Message> read = messages(table(file, "Sam"));
            assertThat(read).extracting(m -> m.body().text()).containsExactly("Hi", "Ho");
            assertThat(read)
                    .extracting(Message::sentAt)
                    .containsExactly(Instant.parse("2024-05-01T12:00:00Z"), Instant.parse("2024-05-01T12:01:00Z"));
            assertThat(TableSource.beginsTable(Files.readString(file))).isTrue();
        }
        assertThat(TableSource.beginsTable("Dear text, from me\nthe date")).isFalse();
    }

    @Test
    void listsOfConversationsAreKeptApart() throws Exception {
        String one = "{\"sender\": \"Ann\", \"text\": \"one\", \"timestamp\": \"2025-09-29T09:00:00Z\"}";
        String two = "{\"sender\": \"Sam\", \"text\": \"two\", \"timestamp\": \"2025-09-29T09:00:00Z\"}";
        for (String form : List.of(
                "{\"conversations\": [{\"name\": \"A\", \"messages\": [%s]}, {\"name\": \"B\", \"messages\": [%s]}]}",
                "[{\"name\": \"A\", \"messages\": [%s]}, {\"name\": \"B\", \"messages\": [%s]}]",
                "{\"A\": [%s], \"B\": [%s]}",
                "{\"chats\": {\"A\": {\"messages\": [%s]}, \"B\": {\"messages\": [%s]}}}")) {
            List<Event> events = table(json(form.formatted(one, two)), "Sam");
            assertThat(messages(events)).extracting(m -> m.body().text()).containsExactly("one", "two");
            assertThat(events)
                    .filteredOn(Conversation.class::isInstance)
                    .extracting(e -> ((Conversation) e).name())
                    .containsExactly("A", "B");
        }
    }

    @Test
    void aFileWithoutTextIsNoSuccess() throws Exception {
        Path file = json("{\"meta\": {\"sender\": \"x\"}, \"messages\": [{\"words\": \"a\", \"timestamp\": 1}]}");
        assertThatThrownBy(() -> table(file, "x")).isInstanceOf(SourceException.class);
    }
}
