package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelegramTest {
    @TempDir
    Path folder;

    static final String ACCOUNT = Golden.text("telegram/account-chat-and-group-with-poll.json");

    @Test
    void readsAWholeAccount() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "result.json", ACCOUNT), (String) null);
        assertThat(told.app()).isEqualTo("Telegram export");
        assertThat(told.texts()).containsExactly("Hello", "See https://example.org and this", "", "", "gone");
        List<Message> messages = told.messages();
        assertThat(messages).extracting(Message::fromOwner).containsExactly(false, true, false, false, false);
        assertThat(messages).extracting(Message::service).containsOnly(Service.TELEGRAM);
        assertThat(messages.getFirst().sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
        Message second = messages.get(1);
        assertThat(second.replyTo().messageId()).isEqualTo(messages.getFirst().id());
        assertThat(second.editedAt()).isEqualTo(Instant.ofEpochSecond(1715617900));
        assertThat(second.body().ranges())
                .extracting(TextRange::kind)
                .containsExactly(TextRange.Kind.LINK, TextRange.Kind.STYLE);
        assertThat(second.body().ranges().getFirst().value()).isEqualTo("https://example.org");
        assertThat(messages.get(2).attachments())
                .extracting(Attachment::missing)
                .containsExactly(true);
        assertThat(messages.get(3).app().options())
                .extracting(AppContent.Option::text)
                .containsExactly("Lake", "Hill");
        assertThat(told.reactions()).singleElement().satisfies(r -> {
            assertThat(r.targetId()).isEqualTo(second.id());
            assertThat(r.emoji()).isEqualTo("❤");
            assertThat(r.sender().value()).isEqualTo("telegram:user11");
        });
        assertThat(told.changes()).extracting(GroupChange::kind).containsExactly(GroupChange.Kind.RENAMED);
        assertThat(told.contacts()).filteredOn(Contact::owner).singleElement().satisfies(c -> {
            assertThat(c.name()).isEqualTo("Sam Stone");
            assertThat(c.handles()).extracting(Handle::value).containsExactly("telegram:user7", "+491707777777");
        });
        // The phone number in the export joins the account with the person in the address book.
        assertThat(told.contacts())
                .filteredOn(c -> "Anna Lee".equals(c.name()))
                .singleElement()
                .satisfies(c -> assertThat(c.handles())
                        .extracting(Handle::value)
                        .containsExactly("telegram:user11", "+491701234567"));
        assertThat(told.conversations())
                .extracting(c -> c.participants().size())
                .containsExactly(1, 3);
    }

    private static final String ONE_CHAT = Golden.text("telegram/one-chat.json");

    @Test
    void inADirectChatTheOwnerIsDetected() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "result.json", ONE_CHAT), (String) null);
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true);
        assertThat(told.messages().getFirst().sentAt()).isEqualTo(Instant.parse("2019-05-13T16:30:00Z"));
    }

    @Test
    void theOwnerOfAGroupMustBeSpecified() throws Exception {
        Path file = Exported.write(folder, "result.json", ONE_CHAT.replace("personal_chat", "private_supergroup"));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me NAME: Anna, Sam");
        assertThat(Exported.read(file, "Sam").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true);
    }

    @Test
    void anErrorNamesItsPlace() throws Exception {
        Path cut = Exported.write(folder, "cut/result.json", ONE_CHAT.substring(0, ONE_CHAT.length() - 30));
        assertThatThrownBy(() -> Exported.read(cut, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("record 2 (line 3)");
        Path noId = Exported.write(folder, "no/result.json", ONE_CHAT.replace("\"id\": 2, ", ""));
        assertThatThrownBy(() -> Exported.read(noId, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("field \"id\" is missing");
        Path time = Exported.write(folder, "time/result.json", ACCOUNT.replace("\"1715617860\"", "\"1e999999999\""));
        assertThatThrownBy(() -> Exported.read(time, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("field \"date_unixtime\" is not a time");
    }

    @Test
    void reactionsKeepTheirKind() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "result.json", ACCOUNT), (String) null);
        assertThat(told.reactions()).extracting(Reaction::kind).containsExactly(Reaction.Kind.EMOJI);
    }

    /** A number with ten million digits, written in ten characters. */
    @Test
    void aTimeWithAHugeExponentIsRefusedAtOnce() throws Exception {
        Path time = Exported.write(folder, "result.json", ACCOUNT.replace("\"1715617860\"", "\"1e99999999\""));
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                java.time.Duration.ofSeconds(2),
                () -> assertThatThrownBy(() -> Exported.read(time, (String) null))
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining("field \"date_unixtime\" is not a time"));
    }
}
