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

    /** Frames as proto3's JSON mapping writes those of Signal's Backups.proto. */
    static final String HISTORY = """
            {"version":"1","backupTimeMs":"1715620000000"}
            {"account":{"givenName":"Sam","familyName":"Stone"}}
            {"recipient":{"id":"1","self":{}}}
            {"recipient":{"id":"2","contact":{"aci":"AAAAAAAAAAAAAAAAAAAAEQ==","e164":"491701234567","profileGivenName":"annie","systemGivenName":"Anna","systemFamilyName":"Lee"}}}
            {"recipient":{"id":"3","contact":{"aci":"AAAAAAAAAAAAAAAAAAAAEg==","profileGivenName":"Ben"}}}
            {"recipient":{"id":"4","group":{"masterKey":"c2VjcmV0","snapshot":{"title":{"title":"Hikers"},"members":[{"userId":"AAAAAAAAAAAAAAAAAAAAEQ=="},{"userId":"AAAAAAAAAAAAAAAAAAAAEg=="}]}}}}
            {"recipient":{"id":"5","releaseNotes":{}}}
            {"chat":{"id":"1","recipientId":"2"}}
            {"chat":{"id":"2","recipientId":"4"}}
            {"chatItem":{"chatId":"1","authorId":"2","dateSent":"1715617800000","incoming":{"dateReceived":"1715617801000","read":true},"standardMessage":{"text":{"body":"Hello \\ufffc","bodyRanges":[{"start":6,"length":1,"mentionAci":"AAAAAAAAAAAAAAAAAAAAEg=="}]},"reactions":[{"emoji":"❤️","authorId":"1","sentTimestamp":"1715617900000","sortOrder":"1"}]}}}
            {"chatItem":{"chatId":"1","authorId":"1","dateSent":"1715617870000","outgoing":{},"revisions":[{"chatId":"1","authorId":"1","dateSent":"1715617860000","outgoing":{},"standardMessage":{"text":{"body":"teh"}}}],"standardMessage":{"quote":{"targetSentTimestamp":"1715617800000","authorId":"2"},"text":{"body":"the"},"attachments":[{"pointer":{"contentType":"image/jpeg","fileName":"a.jpg","locatorInfo":{"size":12}}}]}}}
            {"chatItem":{"chatId":"1","authorId":"2","dateSent":"1715617880000","incoming":{},"remoteDeletedMessage":{}}}
            {"chatItem":{"chatId":"2","authorId":"3","dateSent":"1715617890000","sms":true,"incoming":{},"standardMessage":{"text":{"body":"all"}}}}
            {"chatItem":{"chatId":"2","authorId":"2","dateSent":"1715617895000","directionless":{},"updateMessage":{"groupChange":{"updates":[{"groupNameUpdate":{"newGroupName":"Climbers"}}]}}}}
            """;

    @Test
    void readsTheHistoryThatTheDesktopExports() throws Exception {
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
    void whatIsWrongIsNamedWithItsPlace() throws Exception {
        Path file = Exported.write(
                folder, "main.jsonl", HISTORY.replace("\"id\":\"2\",\"contact\"", "\"id\":\"22\",\"contact\""));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("(line 10): recipient 2 is named before it is described");
        Path cut = Exported.write(folder, "cut/main.jsonl", HISTORY.substring(0, HISTORY.length() - 20));
        assertThatThrownBy(() -> Exported.read(cut, (String) null)).isInstanceOf(SourceException.class);
    }
}
