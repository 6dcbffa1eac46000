package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose words a Telegram message has, where it belongs, and which file is with it. */
class TelegramContentTest {
    @TempDir
    Path folder;

    private static String group(String id, String... messages) {
        return "{\"name\": \"Club\", \"type\": \"private_supergroup\", \"id\": " + id + ", \"messages\": ["
                + String.join(",", messages) + "]}";
    }

    private static String message(int id, String from, String more) {
        return "{\"id\": " + id + ", \"type\": \"message\", \"date_unixtime\": \"17156178" + (10 + id)
                + "\", \"from\": \"" + from + "\", \"from_id\": \"" + (from.equals("Sam") ? "user7" : "user11")
                + "\"" + more + "}";
    }

    /** A chat with all that the tests know, for damaging it. */
    static final String RICH = group(
            "500",
            message(
                    1,
                    "Anna",
                    ", \"text\": [{\"type\": \"blockquote\", \"text\": \"a\"}, \"b\"], \"forwarded_from\": \"c\""),
            message(
                    2,
                    "Sam",
                    ", \"text\": {\"type\": \"bold\", \"text\": \"d\"}, \"reply_to_message_id\": 1,"
                            + " \"reply_to_peer_id\": \"channel5\", \"poll\": {\"question\": {\"text\": \"q\"}, \"answers\": []}"),
            message(
                    3,
                    "Sam",
                    ", \"photo\": \"photos/a.jpg\", \"via_bot\": \"@gif\", \"date\": \"2024-05-13T18:30:00+02:00\""));

    private Exported.Told read(String content) throws Exception {
        return Exported.read(Exported.write(folder, "result.json", content), "user7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"forwarded_from\": \"News\"|FORWARDED",
                "\"forwarded_from\": null|FORWARDED",
                "\"saved_from\": \"Some Channel\"|FORWARDED",
                "\"via_bot\": \"@gif\"|APP_MADE",
                "\"inline_bot_buttons\": [[{\"type\": \"url\", \"text\": \"Go\"}]]|APP_MADE",
                "\"author\": \"Anna\"|TYPED"
            })
    void othersTextIsKeptAndMarked(String field, MessageKind kind) throws Exception {
        Exported.Told told = read(group("500", message(1, "Anna", ", \"text\": \"the text\", " + field)));
        assertThat(told.texts()).containsExactly("the text");
        assertThat(told.messages()).extracting(Message::kind).containsExactly(kind);
    }

    @Test
    void whatABotOrTelegramWritesIsNotSomebodysText() throws Exception {
        Exported.Told bot = read("{\"name\": \"Helper\", \"type\": \"bot_chat\", \"id\": 11, \"messages\": ["
                + message(1, "Anna", ", \"text\": \"Choose\"") + "," + message(2, "Sam", ", \"text\": \"hello bot\"")
                + "]}");
        assertThat(bot.messages()).extracting(Message::kind).containsExactly(MessageKind.APP_MADE, MessageKind.TYPED);
        Exported.Told service =
                read(group("5", message(1, "Anna", ", \"text\": \"New login\"").replace("user11", "user777000")));
        assertThat(service.messages()).extracting(Message::kind).containsExactly(MessageKind.APP_MADE);
    }

    @Test
    void aQuotationInATextIsNotItsSenders() throws Exception {
        Message message = read(group(
                        "500",
                        message(
                                1,
                                "Anna",
                                ", \"text\": [{\"type\": \"blockquote\", \"text\":"
                                        + " \"to be or not\"}, \" well, be\", {\"type\": \"spoiler\", \"text\": \" then\"}]")))
                .messages()
                .getFirst();
        assertThat(message.body().text()).isEqualTo("to be or not well, be then");
        assertThat(OwnWords.of(message).text()).isEqualTo("well, be then");
    }

    @Test
    void aReplyToAnotherChatIsNotLinkedToTheSameNumberHere() throws Exception {
        List<Message> messages = read(group(
                        "500",
                        message(1, "Anna", ", \"text\": \"one\""),
                        message(2, "Sam", ", \"text\": \"here\", \"reply_to_message_id\": 1"),
                        message(
                                3,
                                "Sam",
                                ", \"text\": \"there\", \"reply_to_message_id\": 1,"
                                        + " \"reply_to_peer_id\": \"channel77\""),
                        message(
                                4,
                                "Sam",
                                ", \"text\": \"to a person\", \"reply_to_message_id\": 1,"
                                        + " \"reply_to_peer_id\": \"user11\"")))
                .messages();
        assertThat(messages.get(1).replyTo().messageId())
                .isEqualTo(messages.getFirst().id());
        assertThat(messages.get(2).replyTo().messageId()).isEqualTo("telegram:group77:1");
        assertThat(messages.get(3).replyTo().messageId()).isEqualTo("telegram:user11:1");
    }

    @Test
    void aMessageInATopicAnswersNobody() throws Exception {
        String topic = "{\"id\": 1, \"type\": \"service\", \"date_unixtime\": \"1715617800\", \"actor\": \"Anna\","
                + " \"actor_id\": \"user11\", \"action\": \"topic_created\", \"title\": \"Trips\"}";
        Exported.Told told =
                read(group("500", topic, message(2, "Sam", ", \"text\": \"off\", \"reply_to_message_id\": 1")));
        assertThat(told.messages().getFirst().replyTo()).isNull();
        assertThat(told.changes()).extracting(c -> c.title()).containsExactly("Trips");
    }

    @Test
    void pollsContactsDiceAndPlacesAreRead() throws Exception {
        List<AppContent> apps = read(group(
                        "500",
                        message(
                                1,
                                "Anna",
                                ", \"text\": \"\", \"poll\": {\"question\": {\"text\": \"Where?\"},"
                                        + " \"answers\": [{\"text\": {\"text\": \"Lake\"}}, {\"text\": \"Hill\"}]}"),
                        message(
                                2,
                                "Anna",
                                ", \"text\": \"\", \"contact_information\": {\"first_name\": \"Zoe\","
                                        + " \"last_name\": \"\", \"phone_number\": \"+49170\"}"),
                        message(3, "Anna", ", \"text\": \"\", \"dice\": {\"emoji\": \"🎯\", \"value\": 4}"),
                        message(
                                4,
                                "Anna",
                                ", \"text\": \"\", \"place_name\": \"Café\", \"location_information\":"
                                        + " {\"latitude\": 52.5, \"longitude\": 13.4}")))
                .messages()
                .stream()
                .map(Message::app)
                .toList();
        assertThat(apps).extracting(AppContent::title).containsExactly("Where?", "Zoe", "🎯", "Café");
        assertThat(apps.getFirst().options())
                .extracting(AppContent.Option::text)
                .containsExactly("Lake", "Hill");
        assertThat(apps.get(3).url()).isEqualTo("geo:52.5,13.4");
    }

    @Test
    void timesWithAnOffsetAreRead() throws Exception {
        List<Message> messages = read(group(
                        "500",
                        message(1, "Anna", ", \"date\": \"2024-05-13T18:30:00Z\", \"text\": \"\"")
                                .replaceFirst("\"date_unixtime\": \"\\d+\", ", ""),
                        message(
                                        2,
                                        "Anna",
                                        ", \"date\": \"2024-05-13T18:30:00+02:00\", \"edited\":"
                                                + " \"2024-05-13T18:31:00+02:00\", \"text\": \"\"")
                                .replaceFirst("\"date_unixtime\": \"\\d+\", ", ""),
                        message(3, "Anna", ", \"edited\": \"1970-01-01T01:00:00\", \"text\": \"\"")))
                .messages();
        assertThat(messages)
                .extracting(Message::sentAt)
                .startsWith(Instant.parse("2024-05-13T18:30:00Z"), Instant.parse("2024-05-13T16:30:00Z"));
        assertThat(messages)
                .extracting(Message::editedAt)
                .containsExactly(null, Instant.parse("2024-05-13T16:31:00Z"), null);
    }

    @Test
    void chatsOfTheSameNameAreToldApartAndOneChatIsOneInEveryExport() throws Exception {
        String one = read(group("500", message(1, "Anna", ", \"text\": \"a\"")))
                .conversations()
                .getFirst()
                .id();
        String other = read(group("501", message(1, "Anna", ", \"text\": \"a\"")))
                .conversations()
                .getFirst()
                .id();
        assertThat(one).isNotEqualTo(other);
        Exported.Told account = read("{\"personal_information\": {\"user_id\": 7, \"first_name\": \"Sam\"},"
                + " \"chats\": {\"about\": \"x\", \"list\": ["
                + group("500", message(1, "Anna", ", \"text\": \"a\"")) + "]}}");
        assertThat(account.conversations()).extracting(Conversation::id).containsExactly(one);
        assertThat(account.messages()).extracting(Message::id).containsExactly(one + ":1");
    }

    /** Programs that rewrite JSON sort the fields: then the messages come before the name and the type. */
    @Test
    void theOrderOfFieldsAndTheNameOfTheFileDoNotMatter() throws Exception {
        String sorted = "{\"id\": 500, \"messages\": [" + message(1, "Anna", ", \"text\": \"a\"")
                + "], \"name\": \"Club\", \"type\": \"private_supergroup\"}";
        Exported.write(folder, "two/anna.json", sorted);
        Exported.write(folder, "two/ben.json", group("501", message(1, "Anna", ", \"text\": \"b\"")));
        Exported.Told told = Exported.read(folder.resolve("two"), "user7");
        assertThat(told.conversations())
                .extracting(Conversation::id, Conversation::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("telegram:group500", "Club"),
                        org.assertj.core.groups.Tuple.tuple("telegram:group501", "Club"));
    }

    @Test
    void deletedAccountsAndPeopleOfTheSameNameStayDistinct() throws Exception {
        String gone = message(1, "Anna", ", \"text\": \"a\"")
                .replace("\"Anna\"", "null")
                .replace("user11", "user%d");
        Exported.Told told = read(group(
                "500",
                gone.formatted(21),
                gone.replace("\"id\": 1", "\"id\": 2").formatted(22),
                message(3, "Sam", ", \"text\": \"me\"")));
        assertThat(told.messages())
                .extracting(m -> m.sender() == null ? null : m.sender().value())
                .containsExactly("telegram:user21", "telegram:user22", null);
        Path twins = Exported.write(
                folder,
                "twins.json",
                group(
                        "500",
                        message(1, "Sam", ", \"text\": \"one\""),
                        message(2, "Sam", ", \"text\": \"two\"").replace("user7", "user8")));
        assertThatThrownBy(() -> Exported.read(twins, "Sam"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("several people called \"Sam\"")
                .hasMessageContaining("user7, user8");
        assertThat(Exported.read(twins, "user8").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true);
        assertThatThrownBy(() -> Exported.read(twins, "Samm"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("contains nobody called \"Samm\"");
    }

    @Test
    void filesAreLinkedWhereTheyAre() throws Exception {
        String chat = group(
                "500",
                message(1, "Anna", ", \"text\": \"\", \"photo\": \"photos/a.jpg\""),
                message(
                        2,
                        "Anna",
                        ", \"text\": \"\", \"file\": \"files/gone.pdf\", \"mime_type\": \"application/pdf\""),
                message(
                        3,
                        "Anna",
                        ", \"text\": \"\", \"file\": \"(File exceeds maximum size. Change data exporting"
                                + " settings to download.)\", \"file_name\": \"big.zip\""));
        Path zip = Exported.zip(
                folder.resolve("t.zip"), Map.of("ChatExport/result.json", chat, "ChatExport/photos/a.jpg", "jpeg"));
        Exported.write(folder, "open/photos/a.jpg", "jpeg");
        Path file = Exported.write(folder, "open/result.json", chat);
        for (Path place : List.of(zip, file.getParent(), file)) {
            List<Message> messages = Exported.read(place, "user7").messages();
            assertThat(messages)
                    .extracting(m -> m.attachments().getFirst().missing())
                    .containsExactly(false, true, true);
            assertThat(messages.getFirst().attachments().getFirst().path()).endsWith("photos/a.jpg");
            assertThat(messages.get(2).attachments().getFirst().path()).isNull();
            assertThat(messages.get(2).attachments().getFirst().name()).isEqualTo("big.zip");
        }
    }

    @Test
    void anExportAsHtmlIsExplained() throws Exception {
        Path page = Exported.write(
                folder,
                "html/messages.html",
                "<!DOCTYPE html><html><head><meta charset=\"utf-8\"/>\n"
                        + "<title>Exported Data</title></head><body><div class=\"page_wrap\"><div class=\"page_header\">");
        for (Path place : List.of(page, page.getParent())) {
            assertThatThrownBy(() -> Exported.read(place, (String) null))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("Telegram's HTML export")
                    .hasMessageContaining("JSON");
        }
    }
}
