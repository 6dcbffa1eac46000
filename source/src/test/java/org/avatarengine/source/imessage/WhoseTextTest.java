package org.avatarengine.source.imessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.source.imessage.TestMessages.ANNA;
import static org.avatarengine.source.imessage.TestMessages.NOON;
import static org.avatarengine.source.imessage.TestMessages.only;
import static org.avatarengine.source.imessage.TestMessages.rows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Body;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.TextRange;
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What in a Messages database is a person's own text, and which of two texts is the right one. */
class WhoseTextTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("chat.db");
    }

    private Message read(Object... columns) throws Exception {
        Files.deleteIfExists(file);
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(messages.chat, messages.row("G", columns));
        }
        return only(file);
    }

    /** The text stays the sender's; the translation is kept beside it. */
    @Test
    void aTranslationIsKeptAndIsNotTheText() throws Exception {
        Message message = read(
                "attributedBody",
                TypedstreamWriter.plain("wo bist du gerade"),
                "message_summary_info",
                ChatDbWriter.translation("where are you right now", "de_DE", "en_US"));
        assertThat(message.body().text()).isEqualTo("wo bist du gerade");
        assertThat(message.body().ranges())
                .filteredOn(range -> range.kind() == TextRange.Kind.TRANSLATION)
                .containsExactly(new TextRange(0, 17, TextRange.Kind.TRANSLATION, "en_US where are you right now"));
        assertThat(OwnWords.of(message).text()).isEqualTo("wo bist du gerade");
        Message damaged = read(
                "text",
                "whole",
                "message_summary_info",
                "no property list, but translatedText".getBytes(StandardCharsets.UTF_8));
        assertThat(damaged.body().text()).isEqualTo("whole");
        assertThat(damaged.body().ranges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "is_auto_reply, 1, 1, 1, AUTO_REPLY",
        "is_spam, 1, 0, 0, SPAM",
        "error, 22, 1, 0, FAILED",
        "error, 22, 1, 1, TYPED",
        "schedule_type, 2, 1, 0, SCHEDULED",
        "schedule_type, 2, 1, 1, TYPED",
        "is_forward, 1, 1, 1, FORWARDED",
        "associated_message_type, 2009, 0, 0, REACTION_TEXT",
        "item_type, 77, 0, 0, APP_MADE",
        "is_read, 1, 0, 0, TYPED"
    })
    void columnsTellHowATextCameAbout(String column, int value, int fromMe, int sent, MessageKind kind)
            throws Exception {
        Message message = read("text", "words", column, value, "is_from_me", fromMe, "is_sent", sent);
        assertThat(message.kind()).isEqualTo(kind);
        assertThat(message.body().text()).isEqualTo("words");
    }

    @ParameterizedTest
    @CsvSource({
        "com.apple.messages.URLBalloonProvider, TYPED",
        "com.apple.Handwriting.HandwritingProvider, TYPED",
        "com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.gamerdelights.gamepigeon.ext, APP_MADE"
    })
    void appsWriteTheTextBesideTheirBalloons(String bundle, MessageKind kind) throws Exception {
        assertThat(read("text", "words", "balloon_bundle_id", bundle).kind()).isEqualTo(kind);
    }

    /** The length in a damaged body can run into the bytes of the archive. */
    @Test
    void aDamagedBodyDoesNotBeatTheTextColumn() throws Exception {
        byte[] stream = TypedstreamWriter.plain("Meet at noon");
        int length = new String(stream, StandardCharsets.ISO_8859_1).indexOf("Meet") - 1;
        stream[length] = 60;
        Body body = read("text", "Meet at noon", "attributedBody", stream).body();
        assertThat(body.text()).isEqualTo("Meet at noon");
        assertThat(body.problem()).isNotNull();
    }

    @Test
    void anEmptyBodyDoesNotHideTheTextColumn() throws Exception {
        assertThat(read("text", "only here", "attributedBody", TypedstreamWriter.plain(""))
                        .body())
                .isEqualTo(Body.ofText("only here"));
    }

    @Test
    void impossibleDatesAreSaid() throws Exception {
        for (long date : List.of(-5L, 1L << 62)) {
            Message message = read("text", "when?", "date", date);
            assertThat(message.sentAt()).isNull();
            assertThat(message.body().problem()).contains("impossible");
            assertThat(message.body().text()).isEqualTo("when?");
        }
    }

    @Test
    void allLinesOfALayoutAreKept() throws Exception {
        byte[] payload = ChatDbWriter.keyedArchive(Map.of(
                "an",
                "Trips",
                "ldtext",
                "A trip to Rome",
                "userInfo",
                Map.of(
                        "image-title",
                        "Rome",
                        "caption",
                        "3 days",
                        "subcaption",
                        "with Leo",
                        "tertiary-subcaption",
                        "May")));
        AppContent app = read(
                        "balloon_bundle_id",
                        "com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:org.example.trips",
                        "payload_data",
                        payload)
                .app();
        assertThat(app.title()).isEqualTo("Rome");
        assertThat(app.subtitle()).isEqualTo("3 days\nwith Leo\nMay\nA trip to Rome");
    }

    @Test
    void partsThatWereDeletedAloneAreKeptAsVersions() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.execute("CREATE TABLE recoverable_message_part (chat_id INTEGER, message_id INTEGER,"
                    + " part_index INTEGER, delete_date INTEGER, part_text BLOB, ck_sync_state INTEGER)");
            long row = messages.db.message(messages.chat, messages.row("G", "text", "stays"));
            messages.db.insert(
                    "recoverable_message_part",
                    Map.of(
                            "chat_id",
                            messages.chat,
                            "message_id",
                            row,
                            "part_index",
                            1,
                            "delete_date",
                            NOON.plusSeconds(60),
                            "part_text",
                            TypedstreamWriter.plain("gone")));
        }
        assertThat(only(file).edits()).singleElement().satisfies(edit -> {
            assertThat(edit.text()).isEqualTo("gone");
            assertThat(edit.part()).isEqualTo(1);
            assertThat(edit.writtenAt()).isEqualTo(NOON.plusSeconds(60));
        });
    }

    @Test
    void secondsAndNanosecondsInOneDatabaseAreBothSelected() throws Exception {
        long seconds = 500_000_000L;
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(messages.chat, messages.row("S", "text", "one", "date", seconds));
            messages.db.message(messages.chat, messages.row("N", "text", "two", "date", seconds * 1_000_000_000L));
            messages.db.message(messages.chat, messages.row("L", "text", "later", "date", NOON));
        }
        Filter filter = new Filter(
                Instant.parse("2016-11-01T00:00:00Z"),
                Instant.parse("2016-11-30T00:00:00Z"),
                Long.MAX_VALUE,
                List.of(),
                List.of());
        try (Source source = TestMessages.open(file, filter)) {
            List<String> ids = TestMessages.events(source).stream()
                    .filter(Message.class::isInstance)
                    .map(event -> ((Message) event).id())
                    .toList();
            assertThat(ids).containsExactly("S", "N");
        }
    }

    /** A journal means that a transaction was interrupted; without it the database would show half of it. */
    @Test
    void aJournalBesideTheDatabaseIsUsed() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(messages.chat, messages.row("G", "text", "kept"));
        }
        Path torn = folder.resolve("torn.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA journal_mode = DELETE");
            sql.execute("PRAGMA cache_spill = ON");
            sql.execute("PRAGMA cache_size = 1");
            connection.setAutoCommit(false);
            sql.execute("UPDATE message SET text = 'half done'");
            sql.execute("CREATE TABLE filler AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n"
                    + " WHERE x < 3000) SELECT x, hex(randomblob(200)) AS y FROM n");
            Files.copy(file, torn);
            Files.copy(Path.of(file + "-journal"), Path.of(torn + "-journal"));
            connection.rollback();
        }
        assertThat(only(torn).body().text()).isEqualTo("kept");
    }

    @Test
    void aDatabaseThatIsLockedForGoodIsCopiedWithItsLog() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(messages.chat, messages.row("G", "text", "committed"));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA journal_mode = WAL");
            sql.execute("UPDATE message SET text = 'committed to the log'");
            sql.execute("PRAGMA locking_mode = EXCLUSIVE");
            sql.execute("BEGIN EXCLUSIVE");
            sql.execute("UPDATE message SET text = 'dirty'");
            assertThat(only(file).body().text()).isEqualTo("committed to the log");
            sql.execute("ROLLBACK");
        }
    }

    /** The schema up to iOS 5 has the address in each message. */
    @Test
    void aDatabaseOfIos5IsRead() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            for (String one : Arrays.asList(
                    "CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, text TEXT,"
                            + " flags INTEGER, group_id INTEGER, subject TEXT, country TEXT, is_madrid INTEGER,"
                            + " madrid_attributedBody BLOB, madrid_handle TEXT, madrid_guid TEXT, madrid_flags INTEGER,"
                            + " madrid_roomname TEXT, madrid_date_read INTEGER, madrid_date_delivered INTEGER)",
                    "CREATE TABLE msg_group (ROWID INTEGER PRIMARY KEY, type INTEGER)",
                    "CREATE TABLE group_member (ROWID INTEGER PRIMARY KEY, group_id INTEGER, address TEXT)",
                    "INSERT INTO msg_group VALUES (1, 0), (2, 1)",
                    "INSERT INTO group_member VALUES (1, 1, '" + ANNA + "'), (2, 2, '" + ANNA
                            + "'), (3, 2, '+12125550112')",
                    "INSERT INTO message (address, date, text, flags, group_id, country) VALUES"
                            + " ('" + ANNA + "', 1300000000, 'in', 2, 1, 'us'), ('" + ANNA
                            + "', 1300000060, 'out', 3, 1, 'us'), ('" + ANNA
                            + "', 1300000120, 'to both', 2, 2, 'us')",
                    "INSERT INTO message (date, text, is_madrid, madrid_handle, madrid_guid, madrid_flags) VALUES"
                            + " (350000000, 'blue in', 1, '" + ANNA + "', 'M-1', 12289), (350000060, 'blue out', 1, '"
                            + ANNA + "', 'M-2', 36869)")) {
                sql.execute(one);
            }
        }
        List<Message> messages =
                rows(file).stream().map(event -> (Message) event).toList();
        assertThat(messages)
                .extracting(message -> message.body().text())
                .containsExactly("in", "out", "to both", "blue in", "blue out");
        assertThat(messages).extracting(Message::fromOwner).containsExactly(false, true, false, false, true);
        assertThat(messages.get(0).sentAt()).isEqualTo(Instant.ofEpochSecond(1_300_000_000L));
        assertThat(messages.get(3).sentAt()).isEqualTo(Instant.parse("2012-02-03T22:13:20Z"));
        assertThat(messages.get(0).conversationIds())
                .isEqualTo(messages.get(4).conversationIds())
                .containsExactly("any;-;" + ANNA);
        assertThat(messages.get(2).conversationIds()).containsExactly("any;+;group2");
    }
}
