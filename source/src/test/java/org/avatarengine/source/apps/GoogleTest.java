package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleTest {
    @TempDir
    Path folder;

    private static Map<String, String> takeout(String created) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("Takeout/Google Chat/Users/User 7/user_info.json", """
                {"user": {"name": "Sam", "email": "sam@gmail.com", "user_type": "Human"}, "membership_info": []}""");
        files.put("Takeout/Google Chat/Groups/DM aaa/group_info.json", """
                {"members": [{"name": "Anna Lee", "email": "Anna.Lee@gmail.com", "user_type": "Human"},
                             {"name": "Sam", "email": "sam@gmail.com", "user_type": "Human"}]}""");
        files.put("Takeout/Google Chat/Groups/DM aaa/messages.json", """
                {"messages": [
                 {"creator": {"name": "Anna Lee", "email": "Anna.Lee@gmail.com", "user_type": "Human"}, "created_date": "%s",
                  "text": "Hi @Sam", "topic_id": "t1", "message_id": "aaa/t1/t1",
                  "annotations": [{"start_index": 3, "length": 4, "user_mention": {"user": {"name": "Ben", "email": "ben@gmail.com"}, "type": "MENTION"}}],
                  "attached_files": [{"original_name": "pic.png", "export_name": "File-pic.png"}],
                  "reactions": [{"emoji": {"unicode": "👍"}, "reactor_emails": ["sam@gmail.com"]}]},
                 {"creator": {"name": "Sam", "email": "sam@gmail.com"}, "created_date": "%s", "text": "ok", "topic_id": "t1", "message_id": "aaa/t1/m2"},
                 {"message_state": "DELETED", "creator": {"name": "Sam", "email": "sam@gmail.com"}, "message_id": "aaa/t1/m3", "topic_id": "t1"}
                ]}""".formatted(created, created));
        files.put("Takeout/Google Chat/Groups/DM aaa/File-pic.png", "png");
        files.put("Takeout/Google Chat/Groups/Space bbb/group_info.json", """
                {"name": "Hikers", "members": [{"name": "Anna Lee", "email": "anna.lee@gmail.com"}]}""");
        files.put("Takeout/Google Chat/Groups/Space bbb/messages.json", """
                {"messages": [{"creator": {"name": "Anna Lee", "email": "anna.lee@gmail.com"}, "created_date": "%s", "text": "all", "message_id": "bbb/t/t"}]}""".formatted(created));
        return files;
    }

    @Test
    void readsGoogleChat() throws Exception {
        Path zip = Exported.zip(folder.resolve("takeout.zip"), takeout("Monday, May 13, 2024 at 4:30:00\u202fPM UTC"));
        Exported.Told told = Exported.read(zip, (String) null);
        assertThat(told.app()).isEqualTo("Google Chat Takeout");
        assertThat(told.texts()).containsExactly("Hi @Sam", "ok", "", "all");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true, true, false);
        Message first = told.messages().getFirst();
        assertThat(first.sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
        assertThat(first.attachments()).extracting(Attachment::missing).containsExactly(false);
        assertThat(first.body().ranges()).containsExactly(new TextRange(3, 7, TextRange.Kind.MENTION, "ben@gmail.com"));
        assertThat(told.messages().get(1).replyTo().messageId()).isEqualTo(first.id());
        assertThat(told.messages().get(2).fullyUnsent()).isTrue();
        assertThat(told.reactions()).extracting(Reaction::fromOwner).containsExactly(true);
        assertThat(told.conversations())
                .extracting(Conversation::name, Conversation::group)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(null, false),
                        org.assertj.core.groups.Tuple.tuple("Hikers", true));
        assertThat(told.contacts())
                .filteredOn(Contact::owner)
                .extracting(Contact::name)
                .containsExactly("Sam");
        assertThat(told.conversations().getFirst().participants())
                .extracting(Handle::value)
                .containsExactly("anna.lee@gmail.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Monday, May 13, 2024 at 4:30:00 PM UTC",
                "Montag, 13. Mai 2024 um 16:30:00 UTC",
                "lundi 13 mai 2024 à 16:30:00 UTC",
                "lunes, 13 de mayo de 2024, 16:30:00 UTC",
                "2024年5月13日月曜日 16:30:00 UTC",
                "segunda-feira, 13 de maio de 2024 às 16:30:00 UTC",
            })
    void readsTimesInTheAccountsLanguage(String created) throws Exception {
        Path zip = Exported.zip(folder.resolve("takeout.zip"), takeout(created));
        assertThat(Exported.read(zip, (String) null).messages().getFirst().sentAt())
                .isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
    }

    @Test
    void anInvalidTimeIsNamedInTheError() throws Exception {
        Path zip = Exported.zip(folder.resolve("takeout.zip"), takeout("at noon"));
        assertThatThrownBy(() -> Exported.read(zip, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("record 1")
                .hasMessageContaining("\"created_date\"");
    }

    static final String HANGOUTS = Golden.text("google/hangouts-links-photo-and-rename.json");

    @Test
    void readsHangouts() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "Hangouts.json", HANGOUTS), (String) null);
        assertThat(told.app()).isEqualTo("Hangouts Takeout");
        assertThat(told.texts()).containsExactly("see example.org\nbye", "ok");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true);
        assertThat(told.messages().getFirst().sentAt()).isEqualTo(Instant.parse("2013-08-13T14:00:00.123456Z"));
        assertThat(told.messages().getFirst().attachments()).hasSize(1);
        assertThat(told.changes()).extracting(GroupChange::title).containsExactly("Us");
        assertThat(told.contacts())
                .filteredOn(c -> "Anna Lee".equals(c.name()))
                .singleElement()
                .satisfies(c -> assertThat(c.handles())
                        .extracting(Handle::value)
                        .containsExactly("hangouts:11", "+491701234567"));
    }

    /** The layout of 2014, which has one more level with the events in it. */
    @Test
    void readsOldHangouts() throws Exception {
        String old = HANGOUTS.replace(
                        "\"conversations\": [{\n  \"conversation\": {\"conversation_id\": {\"id\": \"X\"}, \"conversation\"",
                        "\"conversation_state\": [{\n  \"conversation_id\": {\"id\": \"X\"}, \"conversation_state\": {\"conversation_id\": {\"id\": \"X\"}, \"conversation\"")
                .replace("\"fallback_name\": \"Sam\"}]}},\n  \"events\"", "\"fallback_name\": \"Sam\"}]},\n  \"event\"")
                .replace("]}]}", "]}}]}");
        Exported.Told told = Exported.read(Exported.write(folder, "Hangouts.json", old), (String) null);
        assertThat(told.texts()).containsExactly("see example.org\nbye", "ok");
    }
}
