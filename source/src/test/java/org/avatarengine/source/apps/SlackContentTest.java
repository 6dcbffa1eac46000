package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
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

/** Whose words a line of Slack has, and which files are with it. */
class SlackContentTest {
    @TempDir
    Path folder;

    static Map<String, String> workspace(String... lines) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("users.json", """
                [{"id": "U1", "team_id": "T9", "name": "sam", "profile": {"real_name": "Sam"}},
                 {"id": "U2", "name": "anna", "profile": {"real_name": "Anna"}},
                 {"id": "U3", "name": "helper", "is_bot": true, "profile": {"real_name": "Helper"}}]
                """);
        files.put("channels.json", "[{\"id\": \"C1\", \"name\": \"general\", \"members\": [\"U1\", \"U2\"]}]");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            all.append(i == 0 ? "" : ",")
                    .append("{\"type\": \"message\", \"ts\": \"171561780" + i + ".000100\", " + lines[i] + "}");
        }
        files.put("general/2024-05-13.json", "[" + all + "]");
        return files;
    }

    private Exported.Told read(Map<String, String> files) throws Exception {
        return Exported.read(Exported.zip(folder.resolve("w.zip"), files), "sam");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"user\": \"U2\"|TYPED",
                "\"user\": \"U2\", \"subtype\": \"me_message\"|TYPED",
                "\"user\": \"U2\", \"subtype\": \"thread_broadcast\"|TYPED",
                "\"user\": \"U2\", \"subtype\": \"huddle_thread\", \"room\": {\"id\": \"R1\"}|APP_MADE",
                "\"user\": \"U2\", \"room\": {\"id\": \"R1\"}|APP_MADE",
                "\"subtype\": \"bot_message\", \"bot_id\": \"B1\", \"username\": \"Jira\"|APP_MADE",
                "\"user\": \"U2\", \"bot_id\": \"B1\"|APP_MADE",
                "\"user\": \"U2\", \"bot_profile\": {\"name\": \"Poll\"}|APP_MADE",
                "\"user\": \"U3\"|APP_MADE",
                "\"user\": \"USLACKBOT\"|APP_MADE",
                "\"user\": \"U2\", \"subtype\": \"reminder_add\"|APP_MADE",
                "\"user\": \"U2\", \"subtype\": \"pinned_item\"|APP_MADE",
                "\"user\": \"U2\", \"subtype\": \"bot_add\"|APP_MADE",
                "\"user\": \"U2\", \"subtype\": \"something_new\"|APP_MADE",
            })
    void everyLineIsKeptAndAppsLinesAreMarked(String fields, MessageKind kind) throws Exception {
        Exported.Told told = read(workspace(fields + ", \"text\": \"the text\""));
        assertThat(told.texts()).containsExactly("the text");
        assertThat(told.messages()).extracting(Message::kind).containsExactly(kind);
    }

    @Test
    void aSharedMessageIsNotTheWordsOfWhoSharesIt() throws Exception {
        Message message = read(workspace("\"user\": \"U1\", \"text\": \"look\", \"attachments\": [{\"is_share\": true,"
                        + " \"is_msg_unfurl\": true, \"text\": \"words of <@U2>\", \"author_name\": \"Anna\"}]"))
                .messages()
                .getFirst();
        assertThat(message.body().text()).isEqualTo("look\nwords of @Anna");
        assertThat(OwnWords.of(message).text()).isEqualTo("look");
        Message alone = read(workspace("\"user\": \"U1\", \"text\": \"\", \"attachments\": [{\"is_share\": true,"
                        + " \"text\": \"theirs\"}]"))
                .messages()
                .getFirst();
        assertThat(OwnWords.of(alone)).isEqualTo(new OwnWords(MessageKind.FORWARDED, ""));
    }

    @Test
    void textOnlyInBlocksOrAttachmentsIsRead() throws Exception {
        Exported.Told told = read(workspace(
                "\"user\": \"U1\", \"text\": \"\", \"blocks\": [{\"type\": \"rich_text\", \"elements\": ["
                        + "{\"type\": \"rich_text_quote\", \"elements\": [{\"type\": \"text\", \"text\": \"theirs\"}]},"
                        + "{\"type\": \"rich_text_section\", \"elements\": [{\"type\": \"text\", \"text\": \"mine \"},"
                        + "{\"type\": \"emoji\", \"name\": \"tada\"}, {\"type\": \"user\", \"user_id\": \"U2\"}]}]}]",
                "\"subtype\": \"bot_message\", \"bot_id\": \"B1\", \"text\": \"\", \"attachments\": [{\"title\":"
                        + " \"Build\", \"text\": \"passed\", \"fields\": [{\"title\": \"in\", \"value\": \"3 s\"}]}]",
                "\"user\": \"U1\", \"text\": \"<https://example.org>\", \"attachments\": [{\"from_url\":"
                        + " \"https://example.org\", \"title\": \"Example\", \"text\": \"a page\"}]"));
        assertThat(told.texts())
                .containsExactly("theirs\nmine 🎉@Anna", "Build\npassed\nin: 3 s", "https://example.org");
        assertThat(OwnWords.of(told.messages().getFirst()).text()).isEqualTo("mine 🎉@Anna");
        assertThat(told.messages().get(1).kind()).isEqualTo(MessageKind.APP_MADE);
        assertThat(told.messages().get(2).app().title()).isEqualTo("Example");
    }

    @Test
    void whatSlackSaysOfAChannelIsAChange() throws Exception {
        Exported.Told told = read(workspace(
                "\"user\": \"U2\", \"subtype\": \"channel_topic\", \"text\": \"set the topic: lakes\"",
                "\"user\": \"U2\", \"subtype\": \"channel_leave\", \"text\": \"left\"",
                "\"user\": \"U2\", \"subtype\": \"channel_name\", \"name\": \"all\", \"text\": \"renamed\""));
        assertThat(told.messages()).isEmpty();
        assertThat(told.changes()).extracting(GroupChange::title).containsExactly("set the topic: lakes", null, "all");
    }

    @Test
    void linesAboutFilesOfOldWorkspaces() throws Exception {
        Exported.Told told = read(workspace(
                "\"user\": \"U2\", \"subtype\": \"file_share\", \"file\": {\"id\": \"F1\", \"name\": \"a.png\"},"
                        + " \"text\": \"<@U2> uploaded a file: <https://x|a.png> and commented: nice one\"",
                "\"user\": \"U2\", \"subtype\": \"file_share\", \"text\": \"<@U2> uploaded a file: <https://x|a.png>\"",
                "\"subtype\": \"file_comment\", \"comment\": {\"user\": \"U2\", \"comment\": \"mine\"},"
                        + " \"text\": \"<@U2> commented on a file\""));
        assertThat(told.texts()).containsExactly("nice one", "@Anna uploaded a file: a.png", "mine");
        assertThat(told.messages())
                .extracting(Message::kind)
                .containsExactly(MessageKind.TYPED, MessageKind.APP_MADE, MessageKind.TYPED);
        assertThat(told.messages()).extracting(m -> m.sender().value()).containsOnly("slack:u2");
        assertThat(told.messages().getFirst().attachments()).hasSize(1);
    }

    @Test
    void filesThatOtherToolsAddAreLinked() throws Exception {
        Map<String, String> files = workspace("\"user\": \"U1\", \"text\": \"\", \"files\": ["
                + "{\"id\": \"F1\", \"name\": \"a.png\", \"url_private\": \"https://files.slack.com/a.png\"},"
                + "{\"id\": \"F2\", \"name\": \"b.png\", \"url_private\": \"https://files.slack.com/b.png\"},"
                + "{\"id\": \"F3\", \"mode\": \"tombstone\"}]");
        files.put("__uploads/F1/a.png", "png");
        assertThat(read(files).messages().getFirst().attachments())
                .extracting(a -> a.missing())
                .containsExactly(false, null, true);
    }

    @Test
    void aFolderThatNoListNamesIsToldApartByTheWorkspace() throws Exception {
        Map<String, String> files = workspace("\"user\": \"U1\", \"text\": \"x\"");
        files.put("channels.json", "[]");
        assertThat(read(files).conversations()).extracting(c -> c.id()).containsExactly("slack:T9/general");
    }

    @Test
    void aNameOfTwoPeopleIsRefused() throws Exception {
        Map<String, String> files = workspace("\"user\": \"U1\", \"text\": \"x\"");
        files.put("users.json", "[{\"id\": \"U1\", \"name\": \"sam\"}, {\"id\": \"U5\", \"name\": \"sam\"}]");
        assertThatThrownBy(() -> read(files))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("U1, U5");
    }
}
