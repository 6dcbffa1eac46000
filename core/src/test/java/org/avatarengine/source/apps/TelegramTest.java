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

    static final String ACCOUNT = """
            {
             "about": "Here is the data you requested.",
             "personal_information": {"user_id": 7, "first_name": "Sam", "last_name": "Stone", "phone_number": "+49 170 7777777"},
             "contacts": {"about": "x", "list": [
              {"user_id": 11, "first_name": "Anna", "last_name": "Lee", "phone_number": "0049 170 1234567", "date": "2020-01-01T00:00:00"}
             ]},
             "chats": {"about": "x", "list": [
              {"name": "Anna", "type": "personal_chat", "id": 11, "messages": [
               {"id": 1, "type": "message", "date": "2024-05-13T18:30:00", "date_unixtime": "1715617800",
                "from": "Anna", "from_id": "user11", "text": "Hello"},
               {"id": 2, "type": "message", "date_unixtime": "1715617860", "edited_unixtime": "1715617900",
                "from": "Sam", "from_id": "user7", "reply_to_message_id": 1,
                "text": ["See ", {"type": "link", "text": "https://example.org"}, " and ", {"type": "bold", "text": "this"}],
                "reactions": [{"type": "emoji", "count": 1, "emoji": "❤", "recent": [
                  {"from": "Anna", "from_id": "user11", "date": "2024-05-13T18:32:00"}]}]},
               {"id": 3, "type": "message", "date_unixtime": "1715617920", "from": "Anna", "from_id": "user11",
                "photo": "(File not included. Change data exporting settings to download.)", "text": ""}
              ]},
              {"name": "Hikers", "type": "private_group", "id": 500, "messages": [
               {"id": 1, "type": "service", "date_unixtime": "1715617000", "actor": "Anna", "actor_id": "user11",
                "action": "create_group", "title": "Hikers", "members": ["Sam"]},
               {"id": 2, "type": "message", "date_unixtime": "1715617001", "from": "Ben", "from_id": "user12",
                "text": "", "poll": {"question": "Where to?", "closed": false, "total_voters": 2,
                "answers": [{"text": "Lake", "voters": 2, "chosen": true}, {"text": "Hill", "voters": 0, "chosen": false}]}},
               {"id": 3, "type": "message", "date_unixtime": "1715617002", "from": null, "from_id": "user13", "text": "gone"}
              ]}
             ]}
            }
            """;

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
        // The number that the app knows makes the account the same person as the one of the address book.
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

    private static final String ONE_CHAT = """
            {"name": "Anna", "type": "personal_chat", "id": 11, "messages": [
              {"id": 1, "type": "message", "date": "2019-05-13T18:30:00", "from": "Anna", "from_id": "user11", "text": "Hello"},
              {"id": 2, "type": "message", "date": "2019-05-13T18:31:00", "from": "Sam", "from_id": "user7", "text": "Hi"}]}
            """;

    @Test
    void inAChatOfTwoTheOtherOneIsTheOwner() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "result.json", ONE_CHAT), (String) null);
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true);
        assertThat(told.messages().getFirst().sentAt()).isEqualTo(Instant.parse("2019-05-13T16:30:00Z"));
    }

    @Test
    void inAGroupTheUserSaysWhoTheyAre() throws Exception {
        Path file = Exported.write(folder, "result.json", ONE_CHAT.replace("personal_chat", "private_supergroup"));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me NAME: Anna, Sam");
        assertThat(Exported.read(file, "Sam").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true);
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() throws Exception {
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
                .hasMessageContaining("field \"date_unixtime\" is no time");
    }

    @Test
    void reactionsKeepTheirKind() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "result.json", ACCOUNT), (String) null);
        assertThat(told.reactions()).extracting(Reaction::kind).containsExactly(Reaction.Kind.EMOJI);
    }

    /** Ten million digits, written in ten characters. */
    @Test
    void aTimeThatWouldUnfoldIsRefusedAtOnce() throws Exception {
        Path time = Exported.write(folder, "result.json", ACCOUNT.replace("\"1715617860\"", "\"1e99999999\""));
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                java.time.Duration.ofSeconds(2),
                () -> assertThatThrownBy(() -> Exported.read(time, (String) null))
                        .isInstanceOf(SourceException.class)
                        .hasMessageContaining("field \"date_unixtime\" is no time"));
    }
}
