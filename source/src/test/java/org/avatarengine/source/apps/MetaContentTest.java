package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts of Instagram and Messenger are the app's, and how their threads are recognized. */
class MetaContentTest {
    @TempDir
    Path folder;

    private static String thread(String path, String... messages) {
        return MetaTest.broken("{\"participants\": [{\"name\": \"Bob Ray\"}, {\"name\": \"Ann Lee\"}], \"messages\": ["
                + String.join(",", messages) + "], \"title\": \"Bob Ray\", \"thread_path\": \"" + path + "\"}");
    }

    private static String message(String sender, String content, String more) {
        return "{\"sender_name\": \"" + sender + "\", \"timestamp_ms\": 1715617800000, \"content\": \""
                + content.replace("\"", "\\\"") + "\"" + more + "}";
    }

    /** A renamed thread with all that the tests know, for damaging it. */
    static final String RICH = thread(
            "inbox/bob_1",
            message(
                    "Bob Ray",
                    "Bob Ray sent an attachment.",
                    ", \"share\": {\"link\": \"https://x.org\", \"share_text\": \"é\"}"),
            message("Ann Lee", "Reacted ❤️ to your message ", ", \"photos\": [{\"uri\": \"../../a.jpg\"}]"),
            message(
                    "Ann Lee",
                    "x",
                    ", \"call_duration\": 3, \"reactions\": [{\"reaction\": \"❤\", \"actor\": \"Bob Ray\"}]"));

    private Message one(String sender, String content, String more) throws Exception {
        Path file = Exported.write(folder, "t/message_1.json", thread("inbox/bob_1", message(sender, content, more)));
        return Exported.read(file, "Ann Lee").messages().getFirst();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ann Lee sent an attachment.",
                "You sent a photo.",
                "Ann Lee started a video chat",
                "You missed a call from Bob Ray.",
                "Ann Lee changed the chat theme to Love.",
                "Ann Lee set the nickname for Bob Ray to Bobby.",
                "Ann Lee named the group Lake Trip.",
                "Mentioned you in their story",
                "You replied to their story",
                "Ann Lee shared a reel.",
                "Ann Lee hat einen Anhang gesendet.",
                "Ann Lee hat einen Videochat gestartet.",
                "Ann Lee envió un archivo adjunto.",
                "Ann Lee a envoyé une pièce jointe.",
                "Ann Lee ha inviato un allegato.",
                "Ann Lee enviou um anexo.",
                "Ann Lee heeft een bijlage verzonden.",
                "Ann Lee wysłał(a) załącznik.",
                "Ann Lee skickade en bilaga.",
                "Ann Lee bir ek gönderdi.",
                "Ann Lee отправил(а) вложение.",
                "Ann Leeさんが添付ファイルを送信しました。",
                "Ann Lee님이 사진을 보냈습니다.",
                "Ann Lee发送了一个附件",
                "Ann Lee mengirim lampiran.",
                "Ann Lee đã gửi một file đính kèm.",
                "أرسل Ann Lee مرفقًا.",
            })
    void aTextOfTheAppIsKeptAndMarked(String text) throws Exception {
        Message message = one("Ann Lee", text, "");
        assertThat(message.body().text()).isEqualTo(text);
        assertThat(message.kind()).isEqualTo(MessageKind.APP_MADE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Liked a message",
                "Reacted ❤️ to your message ",
                "Reacted 👍🏽 to your message",
                "Reacted to your story",
                "Hat mit 😂 auf deine Nachricht reagiert",
                "Le gustó un mensaje",
                "A aimé un message",
                "Curtiu uma mensagem",
                "Нравится сообщение",
                "メッセージに「いいね！」しました",
            })
    void aReactionToldInWordsIsMarked(String text) throws Exception {
        assertThat(one("Ann Lee", text, "").kind()).isEqualTo(MessageKind.REACTION_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ann Lee sent an attachment. Did you get it?",
                "Carl sent an attachment.",
                "you sent a photo",
                "I liked a message",
                "Liked a message from you yesterday",
                "she started a video chat",
                "Photo",
                "写真を送りました",
                "Отправила фото",
                "Café",
            })
    void whatAPersonTypesIsTheirs(String text) throws Exception {
        assertThat(one("Ann Lee", text, "").kind()).isEqualTo(MessageKind.TYPED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ann Lee called|, \"call_duration\": 30|APP_MADE",
                "Qualsevol cosa|, \"type\": \"Call\", \"call_duration\": 0|APP_MADE",
                "Ann Lee added Bob Ray|, \"type\": \"Subscribe\", \"users\": [{\"name\": \"Bob Ray\"}]|APP_MADE",
                "Ann Lee left|, \"type\": \"Unsubscribe\"|APP_MADE",
                // A language that the list does not have.
                "Ann Lee ha enviat un fitxer adjunt.|, \"share\": {\"link\": \"https://x.org\"}|APP_MADE",
                "a caption|, \"share\": {\"share_text\": \"a caption\", \"original_content_owner\": \"zed\"}|FORWARDED",
                "look https://x.org|, \"type\": \"Share\", \"share\": {\"link\": \"https://x.org\"}|TYPED",
                "so true|, \"share\": {\"link\": \"https://x.org/s\", \"original_content_owner\": \"zed\"}|TYPED",
            })
    void theFieldsOfAMessageTellToo(String text, String fields, MessageKind kind) throws Exception {
        assertThat(one("Ann Lee", text, fields).kind()).isEqualTo(kind);
    }

    @Test
    void sharedTextKeepsItsAuthor() throws Exception {
        Message message = one(
                "Ann Lee",
                "Ann Lee sent an attachment.",
                ", \"share\": {\"link\": \"https://x.org\", \"share_text\": \"cap é\", \"original_content_owner\": \"zed\"}");
        assertThat(message.app().title()).isEqualTo("cap é");
        assertThat(message.app().subtitle()).isEqualTo("zed");
        assertThat(message.app().url()).isEqualTo("https://x.org");
    }

    /** Renamed files, sorted keys, a long message before everything else. */
    @Test
    void aThreadIsRecognizedByItsFields() throws Exception {
        String sorted = MetaTest.broken("{\"is_still_participant\": true, \"messages\": [" + "{\"content\": \""
                + "long é ".repeat(5000) + "\", \"sender_name\": \"Bob Ray\", \"timestamp_ms\": 1715617800000}"
                + "], \"participants\": [{\"name\": \"Bob Ray\"}, {\"name\": \"Ann Lee\"}],"
                + " \"thread_path\": \"inbox/bob_1\"}");
        Path file = Exported.write(folder, "bob.json", sorted);
        Exported.Told told = Exported.read(file, "Ann Lee");
        assertThat(told.conversations()).extracting(Conversation::id).containsExactly("messenger:inbox/bob_1");
        String people = "{\"participants\": [" + "{\"name\": \"Somebody\"},".repeat(1000) + "{\"name\": \"Ann Lee\"}],"
                + " \"messages\": [" + message("Ann Lee", "hi", "") + "]}";
        assertThat(Exported.read(Exported.write(folder, "long.json", people), "Ann Lee")
                        .texts())
                .containsExactly("hi");
    }

    @Test
    void aThreadIsTheSameInEveryFile() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a/message_1.json", thread("inbox/bob_1", message("Bob Ray", "one", "")));
        files.put("b/renamed.json", thread("archived_threads/bob_2", message("Bob Ray", "two", "")));
        Exported.Told told = Exported.read(Exported.zip(folder.resolve("m.zip"), files), "Ann Lee");
        assertThat(told.conversations())
                .extracting(Conversation::id)
                .containsExactly("messenger:inbox/bob_1", "messenger:inbox/bob_2");
        Path instagram = Exported.write(
                folder,
                "t.json",
                thread(
                        "inbox/bob_1",
                        message("Bob Ray", "x", ", \"share\": {\"link\": \"https://www.instagram.com/p/1/\"}")));
        assertThat(Exported.read(instagram, "Ann Lee").messages())
                .extracting(Message::service)
                .containsExactly(Service.INSTAGRAM);
    }

    @Test
    void namesThatDifferInTheirCaseAreDifferentPeople() throws Exception {
        String json = "{\"participants\": [{\"name\": \"alex\"}, {\"name\": \"Alex\"}, {\"name\": \"Ann Lee\"}],"
                + " \"messages\": [" + message("alex", "one", "") + "," + message("Alex", "two", "")
                + "], \"thread_path\": \"inbox/g_1\"}";
        Path file = Exported.write(folder, "message_1.json", json);
        assertThat(Exported.read(file, "Ann Lee").messages())
                .extracting(m -> m.sender().value())
                .containsExactlyInAnyOrder("facebook:alex", "facebook:Alex");
        assertThat(Exported.read(file, "alex").messages())
                .filteredOn(Message::fromOwner)
                .hasSize(1);
        assertThatThrownBy(() -> Exported.read(file, "ALEX"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("several people");
    }

    @Test
    void aDamagedFileIsNamedAndTheOthersAreRead() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("messages/inbox/bad_1/message_1.json", "{not json at all");
        files.put(
                "messages/inbox/cut_3/message_1.json",
                thread("inbox/cut_3", message("Bob Ray", "x", "")).substring(0, 120));
        files.put("messages/inbox/ok_2/message_1.json", thread("inbox/ok_2", message("Bob Ray", "hi", "")));
        Path zip = Exported.zip(folder.resolve("m.zip"), files);
        assertThat(Exported.read(zip, "Ann Lee").texts()).containsExactly("hi");
        try (ExportSource source = KnownApps.open(zip, Exported.asked("Ann Lee"))) {
            assertThat(source.seen().summary())
                    .contains("Not read, because damaged: messages/inbox/bad_1/message_1.json,"
                            + " messages/inbox/cut_3/message_1.json.");
            assertThat(source.seen().summary().lines()).hasSize(1);
        }
        files.remove("messages/inbox/ok_2/message_1.json");
        Path none = Exported.zip(folder.resolve("n.zip"), files);
        assertThatThrownBy(() -> Exported.read(none, "Ann Lee"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("bad_1/message_1.json")
                .hasMessageContaining("not valid JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "messages/inbox/bob_17/message_1.html,an HTML export of Instagram",
        "your_instagram_activity/messages/inbox/bob_17/message_1.html,Instagram's HTML export",
        "your_facebook_activity/messages/inbox/bob_17/message_1.html,Facebook's HTML export"
    })
    void anExportAsHtmlIsExplained(String name, String what) throws Exception {
        Path zip = Exported.zip(
                folder.resolve("x.zip"), Map.of(name, "<html><body><div class=\"pam\">x</div></body></html>"));
        assertThatThrownBy(() -> Exported.read(zip, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("Ask for JSON");
    }

    @Test
    void filesAreLinkedWhereTheyAre() throws Exception {
        String json = thread(
                "inbox/bob_1",
                message(
                        "Bob Ray",
                        "",
                        ", \"photos\": [{\"uri\": \"your_facebook_activity/messages/inbox/bob_1/photos/1.jpg\"},"
                                + " {\"uri\": \"messages/inbox/bob_1/photos/2.jpg\"}]"));
        Exported.write(folder, "d/inbox/bob_1/photos/1.jpg", "jpeg");
        Path file = Exported.write(folder, "d/inbox/bob_1/message_1.json", json);
        for (Path place : List.of(folder.resolve("d"), file.getParent(), file)) {
            assertThat(Exported.read(place, "Ann Lee").messages().getFirst().attachments())
                    .extracting(a -> a.missing())
                    .containsExactly(false, true);
        }
    }

    @Test
    void theProfilesRelativesAreNotTheOwner() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("messages/inbox/bob_1/message_1.json", thread("inbox/bob_1", message("Bob Ray", "hi", "")));
        files.put(
                "profile_information/profile_information.json",
                "{\"profile_v2\": {\"family_members\": [{\"name\": \"Bob Ray\"}], \"name\": {\"full_name\": \"Ann Lee\"}}}");
        assertThat(Exported.read(Exported.zip(folder.resolve("m.zip"), files), (String) null)
                        .messages())
                .extracting(Message::fromOwner)
                .containsExactly(false);
    }
}
