package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscordTest {
    @TempDir
    Path folder;

    static final String CHANNEL = Golden.text("discord/direct-messages-reply-reaction-and-call.json");

    @Test
    void readsAChannelOfTheExporter() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "DM - anna [42].json", CHANNEL), (String) null);
        assertThat(told.texts()).containsExactly("hey @Sam", "hi");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true);
        Message first = told.messages().getFirst();
        assertThat(first.sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00.123Z"));
        assertThat(first.attachments()).extracting(Attachment::bytes).containsExactly(123L);
        assertThat(first.body().ranges()).containsExactly(new TextRange(4, 8, TextRange.Kind.MENTION, "discord:7"));
        assertThat(told.messages().get(1).replyTo().messageId()).isEqualTo(first.id());
        assertThat(told.messages().get(1).editedAt()).isEqualTo(Instant.parse("2024-05-13T16:32:00Z"));
        assertThat(told.reactions())
                .extracting(Reaction::fromOwner, Reaction::emoji)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(true, "👍"));
        assertThat(told.changes()).hasSize(1);
        assertThat(told.conversations()).singleElement().satisfies(c -> {
            assertThat(c.group()).isFalse();
            assertThat(c.participants()).extracting(Handle::value).containsExactly("discord:11");
        });
    }

    @Test
    void theOwnerOfAServerChannelMustBeSpecified() throws Exception {
        Path file = Exported.write(
                folder,
                "c.json",
                CHANNEL.replace("DirectTextChat", "GuildTextChat").replace("Direct Messages", "Club"));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("Sam, anna");
        Exported.Told told = Exported.read(file, "Sam");
        assertThat(told.conversations()).singleElement().satisfies(c -> {
            assertThat(c.name()).isEqualTo("Club #anna");
            assertThat(c.group()).isTrue();
        });
    }

    @Test
    void readsTheDataPackage() throws Exception {
        Path zip = Exported.zip(
                folder.resolve("package.zip"),
                Map.of(
                        "account/user.json", "{\"id\": \"7\", \"username\": \"sam\", \"global_name\": \"Sam\"}",
                        "messages/index.json", "{\"42\": \"Direct Message with anna#0\", \"43\": \"general in Club\"}",
                        "messages/c42/channel.json",
                                "{\"id\": \"42\", \"type\": \"DM\", \"recipients\": [\"7\", \"11\"]}",
                        "messages/c42/messages.json",
                                "[{\"ID\": 2, \"Timestamp\": \"2024-05-13 16:31:00\", \"Contents\": \"hi\", \"Attachments\": \"\"}]",
                        "messages/c43/channel.json",
                                "{\"id\": \"43\", \"type\": 0, \"name\": \"general\", \"guild\": {\"id\": \"1\", \"name\": \"Club\"}}",
                        "messages/c43/messages.csv",
                                "ID,Timestamp,Contents,Attachments\n5,2021-01-02 03:04:05.678000+00:00,\"a, b\",https://cdn.discordapp.com/x/y.png\n"));
        Exported.Told told = Exported.read(zip, (String) null);
        assertThat(told.texts()).containsExactly("hi", "a, b");
        assertThat(told.messages()).allMatch(Message::fromOwner);
        assertThat(told.messages())
                .extracting(m -> m.sentAt().toString())
                .containsExactly("2024-05-13T16:31:00Z", "2021-01-02T03:04:05.678Z");
        assertThat(told.messages().get(1).attachments())
                .extracting(Attachment::name)
                .containsExactly("y.png");
        // The same message has the same identifier in both kinds of export.
        String other = Exported.read(Exported.write(folder, "c.json", CHANNEL), (String) null)
                .messages()
                .get(1)
                .id();
        assertThat(told.messages().getFirst().id()).isEqualTo(other);
        assertThat(told.contacts()).extracting(c -> c.name()).contains("anna", "Sam");
    }
}
