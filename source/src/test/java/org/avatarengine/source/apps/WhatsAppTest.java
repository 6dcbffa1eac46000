package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ImportOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppTest {
    static final String ANDROID = Golden.text("whatsapp/android-media-deletion-and-edit.txt");

    @TempDir
    Path folder;

    private Path chat(String name, String... lines) throws Exception {
        return Exported.write(folder, name, String.join("\n", lines) + "\n");
    }

    @Test
    void readsAChatFromAndroid() throws Exception {
        Path file = Exported.write(folder, "WhatsApp Chat with Anna Lee.txt", ANDROID);
        Exported.Told told = Exported.read(file, (String) null);
        assertThat(told.app()).isEqualTo("WhatsApp chat");
        assertThat(told.texts())
                .containsExactly("Hello!\nHow are you?", "Fine: thanks", "", "The lake", "", "Sunday then", "ok", "ok");
        List<Message> messages = told.messages();
        assertThat(messages.getFirst().sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
        assertThat(messages)
                .extracting(Message::fromOwner)
                .containsExactly(false, true, false, false, true, false, true, true);
        assertThat(messages).extracting(Message::service).containsOnly(Service.WHATSAPP);
        assertThat(messages).extracting(Message::id).doesNotHaveDuplicates();
        assertThat(messages.get(2).attachments())
                .extracting(Attachment::missing)
                .containsExactly(true);
        assertThat(messages.get(3).attachments())
                .extracting(Attachment::name)
                .containsExactly("IMG-20240513-WA0001.jpg");
        assertThat(messages.get(4).fullyUnsent()).isTrue();
        assertThat(told.conversations()).singleElement().satisfies(c -> {
            assertThat(c.group()).isFalse();
            assertThat(c.participants()).extracting(Handle::value).containsExactly("whatsapp:anna lee");
        });
        assertThat(told.contacts())
                .extracting(Contact::name, Contact::owner)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Anna Lee", false),
                        org.assertj.core.groups.Tuple.tuple("Sam", true));
        assertThat(told.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.kind()).isEqualTo(GroupChange.Kind.UNKNOWN));
    }

    @Test
    void readsAGroupFromIosWithItsFiles() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "_chat.txt",
                String.join(
                                "\n",
                                "[5/13/24, 6:30:05\u202fPM] Hikers: \u200eMessages and calls are end-to-end encrypted.",
                                "[5/13/24, 6:30:06\u202fPM] Hikers: \u200eSam created group \u201cHikers\u201d",
                                "\u200e[5/13/24, 6:31:00\u202fPM] ~\u202fBen: \u200e<attached: 00000012-PHOTO-2024-05-13.jpg>",
                                "[5/13/24, 6:32:00\u202fPM] Sam: @\u2068Ben\u2069 lovely",
                                "\u200e[5/13/24, 6:33:00\u202fPM] \u202a+49\u00a0170\u00a01234567\u202c: \u200eimage omitted",
                                "[5/14/24, 12:05:00\u202fAM] \u202a+49\u00a0170\u00a01234567\u202c: \u200eLocation: https://maps.google.com/?q=52.5,13.4",
                                "[5/14/24, 12:06:00\u202fAM] Sam: \u200ePOLL:",
                                "Where to?",
                                "\u200eOPTION: Lake (2 votes)",
                                "\u200eOPTION: Hill (0 votes)",
                                "")
                        + "\n");
        files.put("00000012-PHOTO-2024-05-13.jpg", "jpeg");
        Path zip = Exported.zip(folder.resolve("WhatsApp Chat - Hikers.zip"), files);
        Exported.Told told = Exported.read(zip, "Sam");
        assertThat(told.conversations()).singleElement().satisfies(c -> {
            assertThat(c.name()).isEqualTo("Hikers");
            assertThat(c.group()).isTrue();
            assertThat(c.participants()).extracting(Handle::raw).element(0).isEqualTo("~ Ben");
            assertThat(c.participants()).extracting(Handle::value).element(1).isEqualTo("+491701234567");
        });
        List<Message> messages = told.messages();
        assertThat(told.texts()).containsExactly("", "@Ben lovely", "", "", "");
        assertThat(messages.get(0).attachments())
                .extracting(Attachment::missing)
                .containsExactly(false);
        assertThat(messages.get(1).body().ranges())
                .containsExactly(new TextRange(
                        0, 4, TextRange.Kind.MENTION, messages.get(0).sender().value()));
        assertThat(messages.get(2).attachments())
                .extracting(Attachment::missing)
                .containsExactly(true);
        assertThat(messages.get(3).sentAt()).isEqualTo(Instant.parse("2024-05-13T22:05:00Z"));
        assertThat(messages.get(3).app()).satisfies(app -> {
            assertThat(app.kind()).isEqualTo(AppContent.Kind.PLACE);
            assertThat(app.url()).isEqualTo("https://maps.google.com/?q=52.5,13.4");
        });
        assertThat(messages.get(4).app().title()).isEqualTo("Where to?");
        assertThat(messages.get(4).app().options())
                .extracting(AppContent.Option::text)
                .containsExactly("Lake", "Hill");
        assertThat(told.changes())
                .extracting(GroupChange::kind)
                .containsExactly(GroupChange.Kind.UNKNOWN, GroupChange.Kind.RENAMED);
        assertThat(told.changes().get(1).title()).isEqualTo("Hikers");
        assertThat(told.changes().get(1).byOwner()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "en-US | 5/13/24, 6:30 PM - Anna: hi | 2024-05-13T18:30",
                "en-US iOS | [5/13/24, 6:30:05 PM] Anna: hi | 2024-05-13T18:30:05",
                "en-GB | 13/05/2024, 18:30 - Anna: hi | 2024-05-13T18:30",
                "en-IN | 13/05/24, 6:30 pm - Anna: hi | 2024-05-13T18:30",
                "en-CA, sv | 2024-05-13, 6:30 p.m. - Anna: hi | 2024-05-13T18:30",
                "de | 13.05.24, 18:30 - Anna: hi | 2024-05-13T18:30",
                "de iOS | [13.05.24, 18:30:05] Anna: hi | 2024-05-13T18:30:05",
                "fi | 13.5.2024 klo 18.30 - Anna: hi | 2024-05-13T18:30",
                "fi iOS | [13.5.2024 klo 18.30.05] Anna: hi | 2024-05-13T18:30:05",
                "da | 13.05.2024 18.30 - Anna: hi | 2024-05-13T18:30",
                "nl | 13-05-2024 18:30 - Anna: hi | 2024-05-13T18:30",
                "fr | 13/05/2024 à 18:30 - Anna: hi | 2024-05-13T18:30",
                "es | 13/5/24, 6:30 p. m. - Anna: hi | 2024-05-13T18:30",
                "es noon | 13/5/24, 12:30 p. m. - Anna: hi | 2024-05-13T12:30",
                "es midnight | 13/5/24, 12:30 a. m. - Anna: hi | 2024-05-13T00:30",
                "pt-BR | 13/05/2024 18:30 - Anna: hi | 2024-05-13T18:30",
                "tr | 13.05.2024 ÖS 6:30 - Anna: hi | 2024-05-13T18:30",
                "hu | 2024. 05. 13. 18:30 - Anna: hi | 2024-05-13T18:30",
                "bg | 13.05.24 г., 18:30 - Anna: hi | 2024-05-13T18:30",
                "el | 13/5/24, 6:30 μ.μ. - Anna: hi | 2024-05-13T18:30",
                "vi | 13/5/24, 6:30 CH - Anna: hi | 2024-05-13T18:30",
                "ja | 2024/05/13 18:30 - Anna: hi | 2024-05-13T18:30",
                "ko | 2024. 5. 13. 오후 6:30 - Anna: hi | 2024-05-13T18:30",
                "zh | 2024/5/13 下午6:30 - Anna: hi | 2024-05-13T18:30",
                "zh noon | 2024/5/13 中午12:30 - Anna: hi | 2024-05-13T12:30",
                "ar | ١٣/٥/٢٠٢٤، ٦:٣٠ م - Anna: hi | 2024-05-13T18:30",
                "fa, the Persian calendar | ۱۴۰۳/۲/۲۴،‏ ۱۸:۳۰ - Anna: hi | 2024-05-13T18:30",
                "th, the Buddhist calendar | 13/5/2567 18:30 - Anna: hi | 2024-05-13T18:30",
                "ar-SA, the calendar of Umm al-Qura | ٥/١١/١٤٤٥ هـ، ٦:٣٠ م - Anna: hi | 2024-05-13T18:30",
                "he | 13.5.2024, 18:30 - Anna: hi | 2024-05-13T18:30",
                "hi | 13/5/24, 6:30 अपराह्न - Anna: hi | 2024-05-13T18:30",
            })
    void readsDatesInTheFormatOfThePhone(String locale, String line, String expected) throws Exception {
        Path file = chat("WhatsApp Chat with Anna.txt", line);
        Exported.Told told = Exported.read(file, (String) null);
        assertThat(told.messages().getFirst().sentAt())
                .isEqualTo(java.time.LocalDateTime.parse(expected)
                        .atZone(Exported.BERLIN)
                        .toInstant());
        assertThat(told.texts()).containsExactly("hi");
    }

    /** 5 and 6 may both be months. The chronological order of the messages decides. */
    @Test
    void theOrderOfDayAndMonthIsDetectedFromTheWholeFile() throws Exception {
        Path file = chat(
                "WhatsApp Chat with Anna.txt",
                "1/5/24, 10:00 - Anna: first",
                "2/5/24, 10:00 - Anna: second",
                "1/6/24, 10:00 - Anna: third");
        assertThat(Exported.read(file, (String) null).messages())
                .extracting(m -> m.sentAt().toString())
                .containsExactly("2024-05-01T08:00:00Z", "2024-05-02T08:00:00Z", "2024-06-01T08:00:00Z");
        Path american = chat(
                "b/WhatsApp Chat with Anna.txt",
                "5/1/24, 10:00 - Anna: first",
                "5/2/24, 10:00 - Anna: second",
                "6/1/24, 10:00 - Anna: third");
        assertThat(Exported.read(american, (String) null).messages())
                .extracting(m -> m.sentAt().toString())
                .containsExactly("2024-05-01T08:00:00Z", "2024-05-02T08:00:00Z", "2024-06-01T08:00:00Z");
    }

    @Test
    void ambiguousDatesAreReadInTheFormatOfTheRegion() throws Exception {
        Path file = chat("WhatsApp Chat with Anna.txt", "5/1/2024, 10:00 - Anna: first");
        ImportOptions american = new ImportOptions(null, ZoneId.of("UTC"), new HandleNormalizer("US"));
        assertThat(Exported.read(file, american).messages().getFirst().sentAt())
                .isEqualTo(Instant.parse("2024-05-01T10:00:00Z"));
        assertThat(Exported.read(file, (String) null).messages().getFirst().sentAt())
                .isEqualTo(Instant.parse("2024-01-05T09:00:00Z"));
    }

    /** In Spain, too, a year may have two digits and a month no leading zero. */
    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "3/4/24, 19:02 | ES | 2024-04-03 | dates read as day/month/year, as is usual in ES",
                "3/4/24, 19:02 | BR | 2024-04-03 | dates read as day/month/year, as is usual in BR",
                "3/4/24, 19:02 | US | 2024-03-04 | dates read as month/day/year, as is usual in US",
                "03/04/24, 19:02 | US | 2024-04-03 | dates read as day/month/year, as is usual in US",
                "03/04/2024 19:02 | PR | 2024-03-04 | dates read as month/day/year, as is usual in PR",
                "23/4/24, 19:02 | US | 2024-04-23 | dates read as day/month/year",
                "4/23/24, 19:02 | ES | 2024-04-23 | dates read as month/day/year",
                "3.4.24, 19:02 | US | 2024-04-03 | dates read as day/month/year",
                "24. 4. 3. 19:02 | KR | 2024-04-03 | dates read as year/month/day",
                "2024/4/3 19:02 | US | 2024-04-03 | dates read as year/month/day",
            })
    void theRegionDecidesWhereTheFileLeavesTheOrderOpen(String date, String region, String day, String said)
            throws Exception {
        Path file = chat("Chat de WhatsApp con Berta.txt", date + " - Berta: hola");
        ImportOptions asked = new ImportOptions(null, ZoneId.of("UTC"), new HandleNormalizer(region));
        Exported.Told told = Exported.read(file, asked);
        assertThat(told.messages().getFirst().sentAt().toString()).startsWith(day);
        assertThat(told.summary()).endsWith("(" + said + ")");
    }

    @Test
    void unknownWordsForMorningAndAfternoonAreRefused() throws Exception {
        Path file =
                chat("WhatsApp Chat with Anna.txt", "13/05/24, 6:30 zzz - Anna: hi", "13/05/24, 7:30 qqq - Anna: hi");
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("qqq, zzz")
                .hasMessageContaining("24-hour clock");
    }

    @Test
    void aLaterExportAddsOnlyNewMessages() throws Exception {
        Path first =
                chat("a/WhatsApp Chat with Anna.txt", "13/05/2024, 18:30 - Anna: hi", "13/05/2024, 18:31 - Sam: ok");
        Path later = chat(
                "b/WhatsApp Chat with Anna.txt",
                "13/05/2024, 18:30 - Anna: hi",
                "13/05/2024, 18:31 - Sam: ok",
                "14/05/2024, 08:00 - Anna: new");
        List<String> before = Exported.read(first, (String) null).messages().stream()
                .map(Message::id)
                .toList();
        List<String> after = Exported.read(later, (String) null).messages().stream()
                .map(Message::id)
                .toList();
        assertThat(after).startsWith(before.toArray(String[]::new)).hasSize(3);
    }

    @Test
    void theOwnerOfAGroupMustBeSpecified() throws Exception {
        Path file = chat(
                "WhatsApp Chat with Hikers.txt",
                "13/05/2024, 18:30 - Anna: hi",
                "13/05/2024, 18:31 - Ben: hi",
                "13/05/2024, 18:32 - Sam: hi");
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me NAME: Anna, Ben, Sam");
        assertThat(Exported.read(file, "sam").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, false, true);
        assertThat(Exported.read(file, "sam").conversations())
                .extracting(Conversation::name)
                .containsExactly("Hikers");
    }

    @Test
    void anInvalidTimeIsNamedInTheError() throws Exception {
        Path file = chat("WhatsApp Chat with Anna.txt", "13/05/2024, 18:30 - Anna: hi", "13/05/2024, 28:30 - Anna: hi");
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("line 2: the time of this message");
    }

    @Test
    void aChatInAnotherEncodingIsRefused() throws Exception {
        Path file = java.nio.file.Files.write(
                folder.resolve("WhatsApp Chat with Anna.txt"),
                "13/05/2024, 18:30 - Anna: Zo\u00eb\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessage(file + " is not valid UTF-8. Export it again from the app.");
    }
}
