package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalDesktopTest {
    @TempDir
    Path folder;

    /** Frames of Signal's Backups.proto in proto3's JSON mapping. */
    static final String HISTORY = Golden.text("signal/chat-and-group-with-edit-and-deletion.jsonl");

    @Test
    void readsTheHistoryExportedBySignalDesktop() throws Exception {
        Path file = Exported.write(folder, "signal-export/main.jsonl", HISTORY);
        Exported.Told told = Exported.read(file.getParent(), (String) null);
        assertThat(told.app()).isEqualTo("Signal chat history");
        assertThat(told.texts()).containsExactly("Hello \ufffc", "the", "", "all");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true, false, false);
        Message first = told.messages().getFirst();
        assertThat(first.sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
        assertThat(first.body().ranges())
                .extracting(r -> r.value())
                .containsExactly("signal:00000000000000000000000000000012");
        Message second = told.messages().get(1);
        assertThat(second.replyTo().messageId()).isEqualTo(first.id());
        assertThat(second.edits()).extracting(Message.Edit::text).containsExactly("teh", "the");
        assertThat(second.sentAt()).isEqualTo(Instant.ofEpochMilli(1715617860000L));
        assertThat(second.editedAt()).isEqualTo(Instant.ofEpochMilli(1715617870000L));
        assertThat(second.attachments()).extracting(Attachment::bytes).containsExactly(12L);
        assertThat(told.messages().get(2).fullyUnsent()).isTrue();
        assertThat(told.messages().get(3).service()).isEqualTo(Service.SMS);
        assertThat(told.reactions()).extracting(Reaction::fromOwner).containsExactly(true);
        assertThat(told.changes()).extracting(GroupChange::title).containsExactly("Climbers");
        assertThat(told.contacts()).extracting(Contact::name).containsExactly("Sam Stone", "Anna Lee", "Ben");
        assertThat(told.contacts().get(1).handles())
                .extracting(Handle::value)
                .containsExactly("signal:00000000000000000000000000000011", "+491701234567");
        assertThat(told.conversations()).extracting(Conversation::name).containsExactly("Hikers", null);
    }

    @Test
    void anErrorNamesItsPlace() throws Exception {
        Path file = Exported.write(
                folder, "main.jsonl", HISTORY.replace("\"id\":\"2\",\"contact\"", "\"id\":\"22\",\"contact\""));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("(line 10): recipient 2 is used before it is defined");
        Path cut = Exported.write(folder, "cut/main.jsonl", HISTORY.substring(0, HISTORY.length() - 20));
        assertThatThrownBy(() -> Exported.read(cut, (String) null)).isInstanceOf(SourceException.class);
    }
}
