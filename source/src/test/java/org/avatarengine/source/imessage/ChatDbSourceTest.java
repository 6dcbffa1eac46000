package org.avatarengine.source.imessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.avatarengine.source.imessage.TestMessages.ANNA;
import static org.avatarengine.source.imessage.TestMessages.NOON;
import static org.avatarengine.source.imessage.TestMessages.only;
import static org.avatarengine.source.imessage.TestMessages.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.demo.TypedstreamWriter.Run;
import org.avatarengine.demo.TypedstreamWriter.Url;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Body;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatDbSourceTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("chat.db");
    }

    @Test
    void readsTextTimesAndSender() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "G",
                            "text",
                            "hello",
                            "date_read",
                            NOON.plusSeconds(9),
                            "date_delivered",
                            NOON.plusSeconds(2),
                            "subject",
                            "re: us",
                            "expressive_send_style_id",
                            "com.apple.MobileSMS.expressivesend.impact"));
        }
        Message message = only(file);
        assertThat(message.id()).isEqualTo("G");
        assertThat(message.body()).isEqualTo(Body.ofText("hello"));
        assertThat(message.sentAt()).isEqualTo(NOON);
        assertThat(message.readAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(message.deliveredAt()).isEqualTo(NOON.plusSeconds(2));
        assertThat(message.subject()).isEqualTo("re: us");
        assertThat(message.effect()).isEqualTo("slam");
        assertThat(message.sender().value()).isEqualTo(ANNA);
        assertThat(message.conversationIds()).containsExactly("any;-;" + ANNA);
        assertThat(message.provenance().row()).isEqualTo(1);
    }

    @Test
    void readsEditsOldestFirst() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "G",
                            "attributedBody",
                            TypedstreamWriter.plain("final"),
                            "date_edited",
                            NOON.plusSeconds(60),
                            "message_summary_info",
                            ChatDbWriter.summary(
                                    Map.of(
                                            0,
                                            List.of(
                                                    Map.entry(NOON, "first"),
                                                    Map.entry(NOON.plusSeconds(30), "second"),
                                                    Map.entry(NOON.plusSeconds(60), "final"))),
                                    1,
                                    List.of())));
        }
        Message message = only(file);
        assertThat(message.edits())
                .containsExactly(
                        new Message.Edit(0, 0, NOON, "first"),
                        new Message.Edit(0, 1, NOON.plusSeconds(30), "second"),
                        new Message.Edit(0, 2, NOON.plusSeconds(60), "final"));
        assertThat(message.editedAt()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void readsUnsentParts() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "G",
                            "date_edited",
                            NOON.plusSeconds(60),
                            "message_summary_info",
                            ChatDbWriter.summary(Map.of(), 2, List.of(1, 0))));
        }
        Message message = only(file);
        assertThat(message.unsentParts()).containsExactly(0, 1);
        assertThat(message.fullyUnsent()).isTrue();
    }

    @Test
    void keepsTheTextWhenTheEditHistoryIsDamaged() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "G", "text", "kept", "date_edited", NOON, "message_summary_info", new byte[] {1, 2, 3}));
        }
        Message message = only(file);
        assertThat(message.body().text()).isEqualTo("kept");
        assertThat(message.body().problem()).isEqualTo("the edit history is not a binary property list");
    }

    @Test
    void readsRecentlyDeletedMessagesInTheirConversation() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            long row = messages.db.insert("message", messages.row("G", "text", "gone?"));
            messages.db.insert(
                    "chat_recoverable_message_join",
                    Map.of("chat_id", messages.chat, "message_id", row, "delete_date", NOON.plusSeconds(99)));
        }
        Message message = only(file);
        assertThat(message.deletedAt()).isEqualTo(NOON.plusSeconds(99));
        assertThat(message.conversationIds()).hasSize(1);
    }

    @Test
    void readsRepliesToAPart() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "G",
                            "text",
                            "yes",
                            "thread_originator_guid",
                            "ORIGINAL",
                            "thread_originator_part",
                            "2:14:5"));
        }
        assertThat(only(file).replyTo()).isEqualTo(new Message.ReplyTo("ORIGINAL", 2));
    }

    @ParameterizedTest
    @CsvSource({
        "2000, LOVED, ❤️, false",
        "2001, LIKED, 👍, false",
        "2002, DISLIKED, 👎, false",
        "2003, LAUGHED, 😂, false",
        "2004, EMPHASIZED, ‼️, false",
        "2005, QUESTIONED, ❓, false",
        "2006, EMOJI, 🦊, false",
        "2007, STICKER, , false",
        "3000, LOVED, ❤️, true",
        "3003, LAUGHED, 😂, true",
        "3006, EMOJI, 🦊, true",
        "3007, STICKER, , true",
        "1000, PLACED_STICKER, , false"
    })
    void readsTapbacks(int code, Reaction.Kind kind, String emoji, boolean removed) throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "R",
                            "associated_message_type",
                            code,
                            "associated_message_guid",
                            "p:3/TARGET",
                            "associated_message_emoji",
                            code % 1000 == 6 ? "🦊" : null));
        }
        Reaction reaction = (Reaction) rows(file).getFirst();
        assertThat(reaction.kind()).isEqualTo(kind);
        assertThat(reaction.emoji()).isEqualTo(emoji);
        assertThat(reaction.removed()).isEqualTo(removed);
        assertThat(reaction.targetId()).isEqualTo("TARGET");
        assertThat(reaction.targetPart()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, MEMBER_ADDED",
        "1, 1, MEMBER_REMOVED",
        "2, 0, RENAMED",
        "3, 0, MEMBER_LEFT",
        "3, 1, PHOTO_CHANGED",
        "3, 2, PHOTO_REMOVED",
        "3, 4, BACKGROUND_CHANGED",
        "4, 0, LOCATION_SHARING_STARTED",
        "5, 0, AUDIO_KEPT",
        "6, 0, SHARE_PLAY",
        "9, 9, UNKNOWN"
    })
    void readsGroupActions(int item, int action, GroupChange.Kind kind) throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            long bob = messages.db.handle("bob@example.com", "iMessage", null);
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "A",
                            "item_type",
                            item,
                            "group_action_type",
                            action,
                            "other_handle",
                            bob,
                            "group_title",
                            "T"));
        }
        GroupChange change = (GroupChange) rows(file).getFirst();
        assertThat(change.kind()).isEqualTo(kind);
        assertThat(change.actor().value()).isEqualTo(ANNA);
        assertThat(change.subject().value()).isEqualTo("bob@example.com");
        assertThat(change.title()).isEqualTo("T");
    }

    @Test
    void readsAttachmentsWithTheirTranscription() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            long row = messages.db.message(
                    messages.chat,
                    messages.row(
                            "G",
                            "attributedBody",
                            TypedstreamWriter.attributed(
                                    "\uFFFC",
                                    List.of(new Run(
                                            1,
                                            Map.of(
                                                    "__kIMFileTransferGUIDAttributeName",
                                                    "at_0_G",
                                                    "IMAudioTranscription",
                                                    "call me"))))));
            messages.db.attachment(
                    row,
                    Map.of(
                            "guid",
                            "at_0_G",
                            "filename",
                            "~/Library/Messages/Attachments/a.caf",
                            "transfer_name",
                            "a.caf",
                            "mime_type",
                            "audio/x-caf",
                            "uti",
                            "com.apple.coreaudio-format",
                            "total_bytes",
                            1234));
        }
        assertThat(only(file).attachments())
                .containsExactly(new Attachment(
                        "at_0_G",
                        "a.caf",
                        "~/Library/Messages/Attachments/a.caf",
                        "audio/x-caf",
                        "com.apple.coreaudio-format",
                        1234L,
                        null,
                        false,
                        "call me",
                        null));
    }

    @Test
    void readsALinkPreview() throws Exception {
        AppContent app = app(
                "com.apple.messages.URLBalloonProvider",
                Map.of(
                        "richLinkMetadata",
                        Map.of(
                                "title",
                                "A page",
                                "siteName",
                                "Site",
                                "summary",
                                "About",
                                "URL",
                                Map.of("URL", new Url("https://x.example")))));
        assertThat(app.kind()).isEqualTo(AppContent.Kind.LINK);
        assertThat(app.title()).isEqualTo("A page");
        assertThat(app.site()).isEqualTo("Site");
        assertThat(app.url()).isEqualTo("https://x.example");
    }

    @Test
    void readsMusic() throws Exception {
        AppContent app = app(
                "com.apple.messages.URLBalloonProvider",
                Map.of(
                        "richLinkMetadata",
                        Map.of("specialization", Map.of("name", "Song", "artist", "Band", "album", "Disc"))));
        assertThat(app.kind()).isEqualTo(AppContent.Kind.MUSIC);
        assertThat(List.of(app.title(), app.subtitle(), app.album())).containsExactly("Song", "Band", "Disc");
    }

    @Test
    void readsAPayment() throws Exception {
        AppContent app = app(
                "com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:"
                        + "com.apple.PassbookUIService.PeerPaymentMessagesExtension",
                Map.of("ldtext", "Sent $40", "userInfo", Map.of("subcaption", "$40")));
        assertThat(app.kind()).isEqualTo(AppContent.Kind.APPLE_PAY);
        assertThat(app.amount()).isEqualTo("$40");
    }

    @Test
    void readsAPollWithItsOptions() throws Exception {
        AppContent app = app(
                "com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.apple.messages.Polls",
                Map.of(
                        "URL",
                        new Url("data:,{\"item\":{\"title\":\"When?\",\"orderedPollOptions\":["
                                + "{\"optionIdentifier\":\"1\",\"text\":\"Now\"}]}}")));
        assertThat(app.kind()).isEqualTo(AppContent.Kind.POLL);
        assertThat(app.title()).isEqualTo("When?");
        assertThat(app.options()).containsExactly(new AppContent.Option("1", "Now", null));
    }

    @Test
    void flagsADamagedPayload() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row(
                            "G",
                            "balloon_bundle_id",
                            "com.apple.messages.URLBalloonProvider",
                            "payload_data",
                            "bplist00 and nothing".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        assertThat(only(file).app().problem()).startsWith("the payload is a damaged property list");
    }

    private AppContent app(String bundle, Map<String, ?> payload) throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row("G", "balloon_bundle_id", bundle, "payload_data", ChatDbWriter.keyedArchive(payload)));
        }
        return only(file).app();
    }

    @ParameterizedTest
    @CsvSource({"iMessage, IMESSAGE", "SMS, SMS", "MMS, MMS", "RCS, RCS", "iMessageLite, SATELLITE", "Pigeon, OTHER"})
    void readsServices(String stored, Service service) throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(messages.chat, messages.row("G", "text", "x", "service", stored));
        }
        assertThat(only(file).service()).isEqualTo(service);
    }

    @Test
    void keepsOrphansAndMessagesOfSeveralConversations() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.insert("message", messages.row("ORPHAN", "text", "x"));
            long both = messages.db.message(messages.chat, messages.row("BOTH", "text", "y"));
            long group = messages.db.groupChat("chat1", "Us", List.of(messages.anna), TestMessages.OWNER);
            messages.db.insert("chat_message_join", Map.of("chat_id", group, "message_id", both));
        }
        List<Event> rows = rows(file);
        assertThat(((Message) rows.get(0)).conversationIds()).isEmpty();
        assertThat(((Message) rows.get(1)).conversationIds()).containsExactly("any;-;" + ANNA, "any;+;chat1");
    }

    @Test
    void anInvalidDateIsIgnored() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(messages.chat, messages.row("G", "text", "x", "date", Long.MAX_VALUE));
        }
        assertThat(only(file).sentAt()).isNull();
    }

    @Test
    void aDamagedBodyFallsBackToTheTextColumn() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(
                    messages.chat,
                    messages.row("G", "text", "from the column", "attributedBody", new byte[] {4, 11, 1}));
        }
        Body body = only(file).body();
        assertThat(body.text()).isEqualTo("from the column");
        assertThat(body.origin()).isEqualTo(Body.Origin.RECOVERED);
        assertThat(body.problem()).isNotNull();
    }

    @Test
    void readsASchemaOfTheYear2012() throws Exception {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = old.createStatement()) {
            sql.execute("CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, handle_id INTEGER,"
                    + " date INTEGER, is_from_me INTEGER)");
            sql.execute("CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT)");
            sql.execute("CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT)");
            sql.execute("CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER)");
            sql.execute("INSERT INTO handle VALUES (1, '+12125550111')");
            sql.execute("INSERT INTO chat VALUES (1, 'iMessage;-;+12125550111')");
            sql.execute("INSERT INTO message VALUES (1, 'G', 'old times', 1, 400000000, 0)");
            sql.execute("INSERT INTO chat_message_join VALUES (1, 1)");
        }
        Message message = only(file);
        assertThat(message.body().text()).isEqualTo("old times");
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(978_307_200L + 400_000_000L));
    }

    @Test
    void readsTheWriteAheadLogAndChangesNothing() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "in the log");
            messages.db.commit();
            Map<Path, Long> before = state();
            assertThat(before.keySet()).anyMatch(p -> p.toString().endsWith("-wal"));
            assertThat(only(file).body().text()).isEqualTo("in the log");
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void readsACopyWithItsLogButWithoutTheSharedIndex() throws Exception {
        Path copy = folder.resolve("copy/chat.db");
        Files.createDirectories(copy.getParent());
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "in the log");
            messages.db.commit();
            Files.copy(file, copy);
            Files.copy(folder.resolve("chat.db-wal"), folder.resolve("copy/chat.db-wal"));
        }
        assertThat(only(copy).body().text()).isEqualTo("in the log");
    }

    private Map<Path, Long> state() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).collect(java.util.stream.Collectors.toMap(p -> p, p -> {
                try {
                    return Files.size(p) * 31 + Files.getLastModifiedTime(p).toMillis();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
    }

    @Test
    void leavesNoCopyBehind() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "x");
        }
        only(file);
        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aSecondReadDeliversOnlyNewAndChangedMessages() throws Exception {
        List<Position> positions = new ArrayList<>();
        try (TestMessages messages = TestMessages.create(file)) {
            for (int i = 1; i <= 9; i++) {
                messages.text(i, "message " + i);
            }
        }
        try (Source source = TestMessages.open(file)) {
            source.read(Position.START, batch -> positions.add(batch.after()));
        }
        try (ChatDbWriter db = ChatDbWriter.append(file)) {
            db.execute(
                    "UPDATE message SET date_edited = ?, attributedBody = ? WHERE guid = 'G4'",
                    ChatDbWriter.time(NOON.plusSeconds(9999)),
                    TypedstreamWriter.plain("message 4, edited"));
            db.message(1, Map.of("guid", "NEW", "text", "ten", "date", NOON.plusSeconds(10_000), "handle_id", 1));
        }
        List<String> ids = new ArrayList<>();
        try (Source source = TestMessages.open(file)) {
            assertThat(source.remaining(positions.getLast())).isEqualTo(1);
            source.read(positions.getLast(), batch -> {
                batch.events().stream().filter(Message.class::isInstance).forEach(e -> ids.add(e.id()));
                return true;
            });
        }
        assertThat(ids).containsExactly("G4", "NEW");
    }

    @Test
    void aChangeSyncedLateIsNotMissed() throws Exception {
        List<Position> positions = new ArrayList<>();
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "one");
            messages.text(2, "two");
            messages.db.execute(
                    "UPDATE message SET date_read = ? WHERE guid = 'G2'", ChatDbWriter.time(NOON.plusSeconds(9000)));
        }
        try (Source source = TestMessages.open(file)) {
            source.read(Position.START, batch -> positions.add(batch.after()));
        }
        // Edited on the phone before the receipt above, but synced to the Mac only now.
        try (ChatDbWriter db = ChatDbWriter.append(file)) {
            db.execute(
                    "UPDATE message SET date_edited = ?, attributedBody = ? WHERE guid = 'G1'",
                    ChatDbWriter.time(NOON.plusSeconds(600)),
                    TypedstreamWriter.plain("one, edited"));
        }
        List<String> texts = new ArrayList<>();
        try (Source source = TestMessages.open(file)) {
            source.read(positions.getLast(), batch -> {
                batch.events().stream()
                        .filter(Message.class::isInstance)
                        .forEach(e -> texts.add(((Message) e).body().text()));
                return true;
            });
        }
        assertThat(texts).contains("one, edited");
    }

    @Test
    void rowsAreDeliveredInOrderByAnyNumberOfThreads() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            for (int i = 1; i <= 20_000; i++) {
                messages.text(i, "m" + i);
            }
        }
        assertThat(rows(file).stream().map(Event::id))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20_000).mapToObj(i -> "G" + i).toList());
    }

    @Test
    void filtersByTimeLimitChatAndPerson() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            for (int i = 1; i <= 9; i++) {
                messages.text(i, "m" + i);
            }
            long bob = messages.db.handle("bob@example.com", "iMessage", null);
            long group = messages.db.groupChat("chat7", "Chess club", List.of(bob), TestMessages.OWNER);
            messages.db.message(group, messages.row("CHESS", "text", "mate", "handle_id", bob));
        }
        assertThat(ids(new Filter(NOON.plusSeconds(300), NOON.plusSeconds(420), Long.MAX_VALUE, List.of(), List.of())))
                .containsExactly("G5", "G6");
        assertThat(ids(new Filter(null, null, 3, List.of(), List.of()))).containsExactly("G1", "G2", "G3");
        assertThat(ids(new Filter(null, null, Long.MAX_VALUE, List.of("chess"), List.of())))
                .containsExactly("CHESS");
        assertThat(ids(new Filter(null, null, Long.MAX_VALUE, List.of(), List.of("bob@"))))
                .containsExactly("CHESS");
        assertThatThrownBy(() -> ids(new Filter(null, null, Long.MAX_VALUE, List.of("nobody"), List.of())))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("No conversation matches");
    }

    private List<String> ids(Filter filter) throws Exception {
        try (Source source = TestMessages.open(file, filter)) {
            return TestMessages.events(source).stream()
                    .filter(Message.class::isInstance)
                    .map(Event::id)
                    .toList();
        }
    }

    @Test
    void oneConversationWithOneParticipantNamesTheSenderOfOldRows() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.db.message(messages.chat, messages.row("G", "text", "x", "handle_id", 0));
        }
        assertThat(only(file).sender().value()).isEqualTo(ANNA);
    }

    @Test
    void conversationsComeFirst() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "x");
        }
        try (Source source = TestMessages.open(file)) {
            assertThat(TestMessages.events(source))
                    .filteredOn(Conversation.class::isInstance)
                    .singleElement()
                    .satisfies(c -> assertThat(((Conversation) c).group()).isFalse());
        }
    }

    @Test
    void anErrorExplainsTheProblemOfAFile() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.db"), "These are my notes. ".repeat(200));
        assertProblem(text, text + " is not an SQLite database, or it is encrypted.");
        Path empty = Files.createFile(folder.resolve("empty.db"));
        assertProblem(empty, empty + " is empty");
        assertProblem(folder.resolve("none.db"), "There is no file " + folder.resolve("none.db"));
        assertProblem(folder, folder + " is a folder, not a database.");
        Path other = folder.resolve("other.db");
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement sql = db.createStatement()) {
            sql.execute("CREATE TABLE recipes (name TEXT)");
        }
        assertProblem(
                other, other + " is an SQLite database, but not a Messages database: it has no table \"message\".");
    }

    @Test
    void aTruncatedFileIsReportedAsDamaged() throws Exception {
        try (TestMessages messages = TestMessages.create(file)) {
            for (int i = 1; i <= 3000; i++) {
                messages.text(i, "some text to fill the pages " + i);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.db");
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> rows(cut))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(cut + " is damaged or incomplete.");
    }

    private static void assertProblem(Path file, String start) {
        assertThatThrownBy(() -> TestMessages.open(file))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith(start)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void detectsNetworkVolumes() {
        assertThat(List.of("smbfs", "cifs", "nfs", "nfs4", "afpfs", "SMB3")).allMatch(FileSystems::isNetworkType);
        assertThat(List.of("apfs", "ext4", "xfs", "tmpfs", "btrfs")).noneMatch(FileSystems::isNetworkType);
    }

    @Test
    void theSameDatabaseKeepsItsIdentifier() throws SQLException, SourceException, IOException {
        try (TestMessages messages = TestMessages.create(file)) {
            messages.text(1, "x");
        }
        Path copy = Files.copy(file, folder.resolve("copy.db"));
        try (Source one = TestMessages.open(file);
                Source other = TestMessages.open(copy)) {
            assertThat(one.id()).isEqualTo(other.id());
        }
    }
}
