package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose words a Discord message has, in the exporter's versions and in data packages of several languages. */
class DiscordContentTest {
    @TempDir
    Path folder;

    private static String channel(String... messages) {
        return "{\"guild\": {\"id\": \"1\", \"name\": \"Club\"}, \"channel\": {\"id\": \"42\", \"type\":"
                + " \"GuildTextChat\", \"name\": \"general\"}, \"messages\": [" + String.join(",", messages) + "]}";
    }

    private static String message(int id, String type, String content, String more) {
        return "{\"id\": \"" + id + "\", \"type\": \"" + type + "\", \"timestamp\": \"2024-05-13T16:30:00+00:00\","
                + " \"content\": \"" + content + "\", \"author\": {\"id\": \"7\", \"name\": \"sam\"}" + more + "}";
    }

    /** A channel with all that the tests know, for damaging it. */
    static final String RICH = channel(
            message(
                    1,
                    "Default",
                    "a",
                    ", \"forwardedMessage\": {\"content\": \"b\", \"attachments\": [{\"url\": \"c%20d.png\"}]}"),
            message(
                    2,
                    "20",
                    "d",
                    ", \"interaction\": {\"name\": \"e\"}, \"embeds\": [{\"title\": \"f\", \"fields\": [{}]}]"),
            message(
                    3,
                    "ChannelPinnedMessage",
                    "g",
                    ", \"poll\": {\"question\": {\"text\": \"h\"}, \"answers\": [{}]}"));

    private Exported.Told read(String content) throws Exception {
        return Exported.read(Exported.write(folder, "c.json", content), "sam");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", \"forwardedMessage\": {\"content\": \"their words\"}",
                ", \"messageSnapshots\": [{\"message\": {\"content\": \"their words\"}}]",
                ", \"reference\": {\"type\": \"Forward\", \"messageId\": \"5\"},"
                        + " \"forwardedMessage\": {\"content\": \"their words\"}"
            })
    void aForwardedMessageIsKeptButNotItsSenders(String fields) throws Exception {
        Message alone =
                read(channel(message(1, "Default", "", fields))).messages().getFirst();
        assertThat(alone.body().text()).isEqualTo("their words");
        assertThat(alone.kind()).isEqualTo(MessageKind.FORWARDED);
        assertThat(alone.replyTo()).isNull();
        Message commented =
                read(channel(message(1, "Default", "look", fields))).messages().getFirst();
        assertThat(commented.body().text()).isEqualTo("look\ntheir words");
        assertThat(OwnWords.of(commented).text()).isEqualTo("look");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Default|, \"author\": {\"id\": \"9\", \"name\": \"helper\", \"isBot\": true}",
                "Default|, \"webhookId\": \"77\"",
                "20|, \"interaction\": {\"id\": \"1\", \"name\": \"roll\"}",
                "ChatInputCommand|",
                "ContextMenuCommand|"
            })
    void aProgramsTextIsNobodys(String type, String fields) throws Exception {
        String more =
                (fields == null ? "" : fields) + ", \"embeds\": [{\"title\": \"Box\", \"description\": \"in it\"}]";
        Exported.Told told = read(channel(message(1, type, "done", more), message(2, "Default", "mine", "")));
        assertThat(told.texts()).containsExactly("done\nBox\nin it", "mine");
        assertThat(told.messages()).extracting(Message::kind).containsExactly(MessageKind.APP_MADE, MessageKind.TYPED);
    }

    @Test
    void noticesAreChangesOfTheConversation() throws Exception {
        Exported.Told told = read(channel(
                message(1, "GuildMemberJoin", "Joined the server.", ""),
                message(2, "ChannelPinnedMessage", "Pinned a message.", ""),
                message(3, "8", "boosted", ""),
                message(4, "ThreadCreated", "Started a thread.", ""),
                message(5, "46", "", ""),
                message(6, "Call", "Started a call that lasted 3 minutes.", ""),
                message(7, "19", "an answer", ", \"reference\": {\"messageId\": \"1\"}")));
        assertThat(told.texts()).containsExactly("an answer");
        assertThat(told.changes())
                .extracting(GroupChange::title)
                .containsExactly(
                        "Joined the server.",
                        "Pinned a message.",
                        "boosted",
                        "Started a thread.",
                        "46",
                        "Started a call that lasted 3 minutes.");
    }

    @Test
    void aPageIsPreviewedApartFromTheText() throws Exception {
        Message message = read(channel(message(
                        1,
                        "Default",
                        "see https://example.org",
                        ", \"embeds\": [{\"title\": \"Example\", \"url\": \"https://example.org\"}]")))
                .messages()
                .getFirst();
        assertThat(message.body().text()).isEqualTo("see https://example.org");
        assertThat(message.app().title()).isEqualTo("Example");
        assertThat(message.kind()).isEqualTo(MessageKind.TYPED);
    }

    @Test
    void downloadedFilesAreLinked() throws Exception {
        String file = message(
                1,
                "Default",
                "",
                ", \"attachments\": [{\"fileName\": \"pic.png\", \"url\": \"c.json_Files\\\\pic-1.png\"},"
                        + " {\"fileName\": \"b.png\", \"url\": \"c.json_Files/b.png\"},"
                        + " {\"fileName\": \"c.png\", \"url\": \"https://cdn.example.org/c.png\"}]");
        Exported.write(folder, "d/c.json_Files/pic-1.png", "png");
        Path json = Exported.write(folder, "d/c.json", channel(file));
        for (Path place : List.of(json, json.getParent())) {
            assertThat(Exported.read(place, "sam").messages().getFirst().attachments())
                    .extracting(a -> a.missing(), a -> a.path())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    false,
                                    folder.resolve("d/c.json_Files/pic-1.png").toString()),
                            org.assertj.core.groups.Tuple.tuple(true, "c.json_Files/b.png"),
                            org.assertj.core.groups.Tuple.tuple(null, "https://cdn.example.org/c.png"));
        }
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() throws Exception {
        String sorted = "{\"messages\": [" + message(1, "Default", "hi", ", \"timestampEdited\": null")
                + "], \"guild\": {\"name\": \"Club\"}, \"channel\": {\"id\": \"42\", \"name\": \"general\"}}";
        assertThat(read(sorted).conversations())
                .extracting(c -> c.id(), c -> c.name())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("discord:42", "Club #general"));
    }

    @Test
    void twoPeopleOfTheSameNameAreNotTheOwner() throws Exception {
        String twin = message(2, "Default", "two", "").replace("\"id\": \"7\"", "\"id\": \"700001\"");
        Path file = Exported.write(folder, "c.json", channel(message(1, "Default", "one", ""), twin));
        assertThatThrownBy(() -> Exported.read(file, "sam"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("7, 700001");
        assertThat(Exported.read(file, "700001").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource({
        "package/Nachrichten/,package/Konto/,Direktnachricht mit bob#0",
        "Mensajes/,Cuenta/,Mensaje directo con bob#0",
        "メッセージ/,アカウント/,bobとのダイレクトメッセージ bob#0",
        "messages/,account/,Direct Message with bob#0"
    })
    void aDataPackageIsReadInEveryLanguage(String messages, String account, String title) throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(account + "user.json", "{\"id\": \"11\", \"username\": \"ann\", \"global_name\": \"Ann\"}");
        files.put(messages + "index.json", "{\"901\": \"" + title + "\", \"902\": \"general in Club\"}");
        files.put(
                messages + "c901/channel.json",
                "{\"id\": \"901\", \"type\": \"DM\", \"recipients\": [\"22\", \"11\"]}");
        files.put(
                messages + "c901/messages.json",
                "[{\"ID\": 1100000000000000001, \"Timestamp\": \"2024-05-01 10:00:00\", \"Contents\": \"hi\"}]");
        files.put(
                messages + "c902/channel.json",
                "{\"id\": \"902\", \"type\": \"GUILD_TEXT\", \"name\": \"general\", \"guild\": {\"name\": \"Club\"}}");
        files.put(
                messages + "c902/messages.csv", "ID,Timestamp,Contents,Attachments\n5,2021-01-02 03:04:05,\"a, b\",\n");
        Exported.Told told = Exported.read(Exported.zip(folder.resolve("p.zip"), files), (String) null);
        assertThat(told.texts()).containsExactly("hi", "a, b");
        assertThat(told.messages()).allMatch(Message::fromOwner);
        assertThat(told.contacts()).extracting(c -> c.name()).containsExactly("Ann", "bob");
        assertThat(told.conversations())
                .extracting(c -> c.id(), c -> c.group())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("discord:901", false),
                        org.assertj.core.groups.Tuple.tuple("discord:902", true));
    }

    /** Without the account, the index does not say which of two people it names. */
    @Test
    void aNameIsNotGivenToTheWrongPerson() throws Exception {
        Path zip = Exported.zip(
                folder.resolve("p.zip"),
                Map.of(
                        "messages/index.json", "{\"901\": \"Direct Message with bob#0\"}",
                        "messages/c901/channel.json",
                                "{\"id\": \"901\", \"type\": 1, \"recipients\": [\"22\", \"11\"]}",
                        "messages/c901/messages.json",
                                "[{\"ID\": 1, \"Timestamp\": \"2024-05-01 10:00:00\", \"Contents\": \"hi\"}]"));
        assertThat(Exported.read(zip, (String) null).contacts()).isEmpty();
    }
}
