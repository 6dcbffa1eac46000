package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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

class SlackTest {
    @TempDir
    Path folder;

    private static Map<String, String> workspace() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("users.json", """
                [{"id": "U1", "name": "sam", "profile": {"real_name": "Sam Stone", "email": "sam@example.org"}},
                 {"id": "U2", "name": "anna", "profile": {"real_name": "Anna Lee", "email": "Anna@Example.org", "phone": "0170 1234567"}},
                 {"id": "U3", "name": "ben", "profile": {"real_name": "Ben", "email": null}}]
                """);
        files.put("channels.json", """
                [{"id": "C1", "name": "general", "members": ["U1", "U2", "U3"]}]
                """);
        files.put("dms.json", """
                [{"id": "D1", "members": ["U1", "U2"]}, {"id": "D2", "members": ["U3", "U1"]}]
                """);
        files.put("general/2024-05-13.json", """
                [{"type": "message", "user": "U2", "ts": "1715617800.000100", "text": "Hi <@U1>, see <https://example.org/a?b=1&amp;c|this> :tada: :ourlogo: 1 &lt; 2",
                  "thread_ts": "1715617800.000100", "reactions": [{"name": "+1", "users": ["U1", "U3"], "count": 2}]},
                 {"type": "message", "user": "U1", "ts": "1715617801.000200", "text": "ok", "thread_ts": "1715617800.000100",
                  "edited": {"user": "U1", "ts": "1715617900.000000"}, "files": [{"id": "F1", "name": "a.pdf", "mimetype": "application/pdf", "size": 10, "url_private": "https://files.slack.com/a.pdf"}]},
                 {"type": "message", "subtype": "channel_join", "user": "U3", "ts": "1715617802.000300", "text": "<@U3> has joined the channel"},
                 {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "Jira", "ts": "1715617803.000400", "text": "ticket"}]
                """);
        files.put("D1/2024-05-14.json", """
                [{"type": "message", "user": "U2", "ts": "1715704200.000100", "text": "just you"}]
                """);
        return files;
    }

    @Test
    void readsAWorkspaceAndDetectsItsOwner() throws Exception {
        Exported.Told told = Exported.read(Exported.zip(folder.resolve("w.zip"), workspace()), (String) null);
        assertThat(told.texts())
                .containsExactly("just you", "Hi @Sam Stone, see this 🎉 :ourlogo: 1 < 2", "ok", "ticket");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, false, true, false);
        Message first = told.messages().get(1);
        assertThat(first.sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00.000100Z"));
        assertThat(first.body().ranges())
                .containsExactly(
                        new TextRange(3, 13, TextRange.Kind.MENTION, "slack:u1"),
                        new TextRange(19, 23, TextRange.Kind.LINK, "https://example.org/a?b=1&c"));
        assertThat(told.messages().get(2).replyTo().messageId()).isEqualTo(first.id());
        assertThat(told.messages().get(2).editedAt()).isEqualTo(Instant.ofEpochSecond(1715617900));
        assertThat(told.reactions()).extracting(Reaction::emoji).containsExactly("👍", "👍");
        assertThat(told.reactions()).extracting(Reaction::fromOwner).containsExactly(true, false);
        assertThat(told.changes()).extracting(GroupChange::kind).containsExactly(GroupChange.Kind.MEMBER_ADDED);
        assertThat(told.contacts())
                .filteredOn(Contact::owner)
                .extracting(Contact::name)
                .containsExactly("Sam Stone");
        assertThat(told.contacts())
                .filteredOn(c -> "Anna Lee".equals(c.name()))
                .singleElement()
                .satisfies(c -> assertThat(c.handles())
                        .extracting(Handle::value)
                        .containsExactly("slack:u2", "anna@example.org", "+491701234567"));
        assertThat(told.conversations())
                .extracting(Conversation::name, Conversation::group)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("general", true),
                        org.assertj.core.groups.Tuple.tuple(null, false));
    }

    @Test
    void withoutDirectConversationsTheOwnerMustBeSpecified() throws Exception {
        Map<String, String> files = workspace();
        files.remove("dms.json");
        Path zip = Exported.zip(folder.resolve("w.zip"), files);
        assertThatThrownBy(() -> Exported.read(zip, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Anna Lee, Ben, Sam Stone");
        assertThat(Exported.read(zip, "sam@example.org").messages())
                .filteredOn(Message::fromOwner)
                .hasSize(1);
    }
}
