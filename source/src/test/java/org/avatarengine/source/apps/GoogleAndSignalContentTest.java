package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.ownwords.OwnWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose words a message of Google Chat or Signal has, and which files are with it. */
class GoogleAndSignalContentTest {
    @TempDir
    Path folder;

    private static final String TIME = "\"created_date\": \"Monday, May 13, 2024 at 4:30:00 PM UTC\"";

    private static Map<String, String> chat(String place, String... messages) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("Users/User 7/user_info.json", "{\"user\": {\"name\": \"Sam\", \"email\": \"sam@gmail.com\"}}");
        files.put(place + "group_info.json", "{\"members\": [{\"name\": \"Anna\", \"email\": \"anna@gmail.com\"}]}");
        files.put(place + "messages.json", "{\"messages\": [" + String.join(",", messages) + "]}");
        return files;
    }

    private static String message(String id, String text, String more) {
        return "{\"creator\": {\"name\": \"Anna\", \"email\": \"anna@gmail.com\", \"user_type\": \"Human\"}, " + TIME
                + ", \"text\": \"" + text + "\", \"message_id\": \"" + id + "\"" + more + "}";
    }

    @Test
    void botsAndNoticesOfGoogleChatAreMarked() throws Exception {
        Exported.Told told = Exported.read(
                Exported.zip(
                        folder.resolve("t.zip"),
                        chat(
                                "Groups/DM aaa/",
                                message("aaa/t1/t1", "typed", ""),
                                message("aaa/t2/t2", "made", "").replace("Human", "Bot"),
                                message("aaa/t3/t3", "joined", ", \"annotations\": [{\"membership_changed\": {}}]"),
                                message(
                                        "aaa/t4/t4",
                                        "re",
                                        ", \"quoted_message_metadata\": {\"message_id\": \"aaa/t1/t1\","
                                                + " \"text\": \"typed\"}"))),
                (String) null);
        assertThat(told.texts()).containsExactly("typed", "made", "joined", "re");
        assertThat(told.messages())
                .extracting(Message::kind)
                .containsExactly(MessageKind.TYPED, MessageKind.APP_MADE, MessageKind.APP_MADE, MessageKind.TYPED);
        assertThat(told.messages().get(3).replyTo().messageId())
                .isEqualTo(told.messages().getFirst().id());
    }

    /** The folders may be renamed; the identifiers in them stay. */
    @Test
    void aConversationOfGoogleChatIsIdentifiedByItsContent() throws Exception {
        for (String place : List.of("Google Chat/Groups/DM aaa/", "Google Chat/Gruppen/DM Anna/", "anna/")) {
            Exported.Told told = Exported.read(
                    Exported.zip(folder.resolve("t.zip"), chat(place, message("aaa/t1/t1", "hi", ""))), (String) null);
            assertThat(told.conversations()).extracting(c -> c.id()).containsExactly("googlechat:aaa");
        }
    }

    private static final String HEAD = """
            {"version":"1","backupTimeMs":"1715620000000"}
            {"account":{"givenName":"Sam"}}
            {"recipient":{"id":"1","self":{}}}
            {"recipient":{"id":"2","contact":{"aci":"AAAAAAAAAAAAAAAAAAAAEQ==","profileGivenName":"Anna"}}}
            {"recipient":{"id":"5","releaseNotes":{}}}
            {"recipient":{"id":"6","distributionList":{"distributionId":"AAAAAAAAAAAAAAAAAAAAAA=="}}}
            {"recipient":{"id":"7","contact":{"pni":"AAAAAAAAAAAAAAAAAAAAFw==","profileGivenName":"Ben"}}}
            {"chat":{"id":"1","recipientId":"2"}}
            {"chat":{"id":"5","recipientId":"5"}}
            {"chat":{"id":"6","recipientId":"6"}}
            """;

    private static String item(String chat, String author, int time, String content) {
        return "{\"chatItem\":{\"chatId\":\"" + chat + "\",\"authorId\":\"" + author + "\",\"dateSent\":\"17156178"
                + (10000 + time) + "\",\"incoming\":{}," + content + "}}\n";
    }

    @Test
    void signalsOwnNotesQuotesAndNoticesAreMarked() throws Exception {
        Path file = Exported.write(
                folder,
                "e/main.jsonl",
                HEAD
                        + item("5", "5", 1, "\"standardMessage\":{\"text\":{\"body\":\"New in Signal\"}}")
                        + item(
                                "1",
                                "2",
                                2,
                                "\"standardMessage\":{\"text\":{\"body\":\"mine\"},\"quote\":{\"authorId\":\"1\","
                                        + "\"text\":{\"body\":\"theirs\"}}}")
                        + item("1", "2", 3, "\"giftBadge\":{\"state\":\"OPENED\"}")
                        + item(
                                "1",
                                "2",
                                4,
                                "\"stickerMessage\":{\"sticker\":{\"emoji\":\"🙂\",\"data\":{\"contentType\":\"image/webp\"}}}")
                        + item(
                                "1",
                                "2",
                                5,
                                "\"directStoryReplyMessage\":{\"textReply\":{\"text\":{\"body\":\"lovely\"}}}")
                        + item("1", "2", 6, "\"updateMessage\":{\"expirationTimerChange\":{\"expiresInMs\":\"1\"}}")
                        + item("1", "2", 7, "\"updateMessage\":{\"simpleUpdate\":{\"type\":\"IDENTITY_UPDATE\"}}")
                        + item("6", "1", 8, "\"standardMessage\":{\"text\":{\"body\":\"my story\"}}")
                        + item("1", "7", 9, "\"standardMessage\":{\"text\":{\"body\":\"pni\"}}"));
        Exported.Told told = Exported.read(file, (String) null);
        assertThat(told.texts()).containsExactly("New in Signal", "mine\ntheirs", "", "", "lovely", "my story", "pni");
        List<Message> messages = told.messages();
        assertThat(messages.getFirst().kind()).isEqualTo(MessageKind.APP_MADE);
        assertThat(OwnWords.of(messages.get(1)).text()).isEqualTo("mine");
        assertThat(messages.get(2).kind()).isEqualTo(MessageKind.APP_MADE);
        assertThat(messages.get(3).attachments().getFirst().name()).isEqualTo("🙂");
        assertThat(messages.getLast().sender().value()).isEqualTo("signal:pni00000000000000000000000000000017");
        assertThat(told.changes())
                .extracting(GroupChange::title)
                .containsExactly("expirationTimerChange", "simpleUpdate IDENTITY_UPDATE");
    }

    /** A later export has more lines before it. */
    @Test
    void aNoticeOfSignalHasTheSameIdentifierInEveryExport() throws Exception {
        String notice = item(
                "1",
                "2",
                6,
                "\"updateMessage\":{\"groupChange\":{\"updates\":[{\"groupNameUpdate\":"
                        + "{\"newGroupName\":\"A\"}},{\"groupMemberLeftUpdate\":{\"aci\":\"AAAAAAAAAAAAAAAAAAAAEQ==\"}}]}}");
        String more = item("1", "2", 1, "\"standardMessage\":{\"text\":{\"body\":\"earlier\"}}");
        Path first = Exported.write(folder, "a/main.jsonl", HEAD + notice);
        Path later = Exported.write(folder, "b/main.jsonl", HEAD + more + notice);
        List<GroupChange> changes = Exported.read(first, (String) null).changes();
        assertThat(changes).extracting(GroupChange::id).doesNotHaveDuplicates();
        assertThat(Exported.read(later, (String) null).changes())
                .extracting(GroupChange::id)
                .containsExactlyElementsOf(changes.stream().map(GroupChange::id).toList());
        assertThat(changes.get(1).subject().value()).isEqualTo("signal:00000000000000000000000000000011");
    }

    @Test
    void signalsFilesAreLinkedByTheirDigest() throws Exception {
        String pointer = "\"standardMessage\":{\"attachments\":[{\"pointer\":{\"fileName\":\"a.jpg\",\"locatorInfo\":"
                + "{\"plaintextHash\":\"q80=\"}}},{\"pointer\":{\"fileName\":\"gone.jpg\"}}]}";
        Path file = Exported.write(folder, "e/main.jsonl", HEAD + item("1", "2", 1, pointer));
        Exported.write(folder, "e/files/ab/abcd.jpg", "jpeg");
        assertThat(Exported.read(file.getParent(), (String) null)
                        .messages()
                        .getFirst()
                        .attachments())
                .extracting(a -> a.path(), a -> a.missing())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                folder.resolve("e/files/ab/abcd.jpg").toString(), false),
                        org.assertj.core.groups.Tuple.tuple(null, true));
    }
}
