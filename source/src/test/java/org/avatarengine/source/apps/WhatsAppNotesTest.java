package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people typed is kept apart from what the app wrote around it. */
class WhatsAppNotesTest {
    @TempDir
    Path folder;

    /** @param text with \u00a7 for the mark of direction that iOS writes */
    private Message ios(String text) throws Exception {
        boolean marked = text.startsWith("\u00a7\u00a7");
        String line = (marked ? "\u200e" : "") + "[13/05/2024, 10:01:00] Jon: "
                + text.substring(marked ? 2 : 0).replace('\u00a7', '\u200e');
        return read("WhatsApp Chat - Jon.txt", "[13/05/2024, 10:00:00] Ida: hi\n" + line);
    }

    private Message android(String text) throws Exception {
        return read("WhatsApp Chat with Jon.txt", "13/05/2024, 10:00 - Ida: hi\n13/05/2024, 10:01 - Jon: " + text);
    }

    private Message read(String name, String chat) throws Exception {
        return Exported.read(Exported.write(folder, name, chat + "\n"), "Ida")
                .messages()
                .getLast();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "See you at 10.30 (if the bus comes)",
                "It cost 3.50 (with tip)",
                "main.py (the new one)",
                "read notes.txt (file by Ann)",
                "<insert joke here>",
                "<3",
                "I <3 you>",
                "<b>hi</b>",
                "a <b> c",
                "if (a<b) return c;",
                "I deleted this message by accident",
                "Poll: who comes?\nme\nyou",
                "home: https://maps.google.com/?q=1,2",
                "call me (video call is fine)",
                "Image omitted, I thought",
                "[10:30] bring cake",
            })
    void whatPeopleTypeIsKept(String text) throws Exception {
        Message message = android(text);
        assertThat(message.body().text()).isEqualTo(text);
        assertThat(message.kind()).isEqualTo(MessageKind.TYPED);
        assertThat(message.attachments()).isEmpty();
        assertThat(message.app()).isNull();
        assertThat(ios(text).body().text()).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "My new bike \u00a7<attached: 00000002-PHOTO-2024-05-13-10-01-00.jpg> | My new bike | 00000002-PHOTO-2024-05-13-10-01-00.jpg",
                "\u00a7\u00a7\u00a7<Anhang: 00000002-AUDIO-2024-05-13-10-01-00.opus> | '' | 00000002-AUDIO-2024-05-13-10-01-00.opus",
                "\u00a7<pi\u00e8ce jointe : 00000003-VIDEO-2024-05-13-10-01-00.mp4> | '' | 00000003-VIDEO-2024-05-13-10-01-00.mp4",
                "evde \u00a7<00000002-PHOTO-2024-05-13-10-01-00.jpg eklendi> | evde | 00000002-PHOTO-2024-05-13-10-01-00.jpg",
                "\u00a7\u00a7plan.pdf \u2022 \u00a72 pages \u00a7<attached: 00000003-plan.pdf> | '' | plan.pdf",
                "\u00a7\u00a7Lageplan neu.pdf \u2022 \u00a712\u00a0Seiten \u00a7Dokument weggelassen | '' | Lageplan neu.pdf",
                "informe.docx \u2022 \u00a73 p\u00e1ginas \u00a7documento omitido | '' | informe.docx",
                "\u00a7\u00a7tabela.xlsx \u00a7dokument pomini\u0119ty | '' | tabela.xlsx",
                "\u00a7\u00a7Hier ist sie: \u00a7bilde ikke inkludert | Hier ist sie: | ",
                "Photo of us \u00a7image omitted | Photo of us | ",
                "\u00a7\u6d88\u606f\u56fe\u7247\u5df2\u5ffd\u7565 | '' | ",
                "\u00a7\u753b\u50cf\u306f\u542b\u307e\u308c\u3066\u3044\u307e\u305b\u3093 | '' | ",
                "\u00a7\u0644\u0645 \u064a\u062a\u0645 \u0625\u062f\u0631\u0627\u062c \u0627\u0644\u0635\u0648\u0631\u0629 | '' | ",
                "\u00a7Contact card omitted | '' | ",
            })
    void captionsAndNamesOfFilesOnIos(String text, String caption, String name) throws Exception {
        Message message = ios(text);
        assertThat(message.body().text()).isEqualTo(caption);
        assertThat(message.attachments()).extracting(Attachment::name).containsExactly(name);
        assertThat(message.kind()).isEqualTo(MessageKind.TYPED);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "IMG-20240513-WA0001.jpg (file attached)\\nOur home | Our home | IMG-20240513-WA0001.jpg",
                "IMG-20240513-WA0001.jpg (in a language nobody knows) | '' | IMG-20240513-WA0001.jpg",
                "lease 2.0.pdf (Datei angeh\u00e4ngt) | '' | lease 2.0.pdf",
                "Jon.vcf (archivo adjunto) | '' | Jon.vcf",
                "plan.doc (\u0444\u0430\u0439\u043b \u0434\u043e\u0431\u0430\u0432\u043b\u0435\u043d) | '' | plan.doc",
                "<Media omitted> | '' | ",
                "<Medien ausgeschlossen>\\nthe lake | the lake | ",
                "<M\u00eddia oculta> | '' | ",
                "<M\u00e9dias omis> | '' | ",
                "<Multimedia omitido> | '' | ",
                "<\u0411\u0435\u0437 \u043c\u0435\u0434\u0438\u0430\u0444\u0430\u0439\u043b\u043e\u0432> | '' | ",
                "<Medya dahil edilmedi> | '' | ",
                "<Media tidak disertakan> | '' | ",
                "<View once voice message omitted> | '' | ",
            })
    void filesOnAndroid(String text, String caption, String name) throws Exception {
        Message message = android(text.replace("\\n", "\n"));
        assertThat(message.body().text()).isEqualTo(caption);
        assertThat(message.attachments()).extracting(Attachment::name).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<This message was edited>",
                "\u200e<This message was edited>",
                "<Diese Nachricht wurde bearbeitet.>",
                "<Se edit\u00f3 este mensaje.>",
                "<Mensagem editada>",
                "<Ce message a \u00e9t\u00e9 modifi\u00e9>",
                "<Questo messaggio \u00e8 stato modificato>",
                "<Dit bericht is bewerkt>",
                "<\u0421\u043e\u043e\u0431\u0449\u0435\u043d\u0438\u0435 \u0438\u0437\u043c\u0435\u043d\u0435\u043d\u043e>",
                "<Bu mesaj d\u00fczenlendi>",
                "<Pesan ini diedit>",
            })
    void theMarkOfAnEditIsNoText(String mark) throws Exception {
        Message message = android("fine " + mark);
        assertThat(message.body().text()).isEqualTo("fine");
        assertThat(message.edits()).extracting(Message.Edit::text).containsExactly("fine");
        assertThat(message.editedAt()).isNull();
        Message photo = android("IMG-20240513-WA0001.jpg (file attached)\nthe lake " + mark);
        assertThat(photo.body().text()).isEqualTo("the lake");
        assertThat(photo.edits()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This message was deleted",
                "You deleted this message",
                "Diese Nachricht wurde gel\u00f6scht.",
                "Se elimin\u00f3 este mensaje.",
                "Mensagem apagada",
                "Ce message a \u00e9t\u00e9 supprim\u00e9",
                "Ta wiadomo\u015b\u0107 zosta\u0142a usuni\u0119ta",
                "\u3053\u306e\u30e1\u30c3\u30bb\u30fc\u30b8\u306f\u524a\u9664\u3055\u308c\u307e\u3057\u305f",
                "\u200eThis message was deleted by admin Kai.",
            })
    void aDeletedMessageIsUnsent(String text) throws Exception {
        assertThat(android(text).fullyUnsent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00a7Video call, \u00a75 min",
                "\u00a7Missed voice call, \u00a7Tap to call back",
                "\u00a7Verpasster Sprachanruf",
                "\u00a7\u00a7\u00a7Appel vid\u00e9o manqu\u00e9",
                "live location shared",
                "null",
                "Waiting for this message. This may take a while."
            })
    void callsAndPlaceholdersAreKeptAndNobodysWords(String text) throws Exception {
        Message message = ios(text);
        assertThat(message.kind()).isEqualTo(MessageKind.APP_MADE);
        assertThat(message.body().text()).isEqualTo(text.replace("\u00a7", ""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "POLL: | OPTION: | votes",
                "\u00a7UMFRAGE: | \u00a7OPTION: | Stimmen",
                "ENCUESTA: | OPCI\u00d3N: | votos",
                "SONDAGE : | OPTION : | votes",
                "\u041e\u041f\u0420\u041e\u0421: | \u0412\u0410\u0420\u0418\u0410\u041d\u0422: | \u0433\u043e\u043b\u043e\u0441\u0430",
                "\u6295\u7968\uff1a | \u9009\u9879\uff1a | \u7968",
                "\u0627\u0633\u062a\u0637\u0644\u0627\u0639: | \u062e\u064a\u0627\u0631: | \u0623\u0635\u0648\u0627\u062a",
            })
    void pollsInAnyLanguage(String poll, String option, String votes) throws Exception {
        Message message = ios(poll + "\nWhere to?\n" + option + " Lake (2 " + votes + ")\n" + option
                + " Hill (north) (0 " + votes + ")\n\n");
        assertThat(message.body().text()).isEmpty();
        assertThat(message.app().kind()).isEqualTo(AppContent.Kind.POLL);
        assertThat(message.app().title()).isEqualTo("Where to?");
        assertThat(message.app().options()).extracting(AppContent.Option::text).containsExactly("Lake", "Hill (north)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Jon created group \u201cHikers\u201d | RENAMED | Jon | | Hikers",
                "Jon hat die Gruppe \u201eHikers\u201c erstellt. | RENAMED | Jon | | Hikers",
                "Jon changed the group name from \u201cA: b\u201d to \u201cHikers\u201d | RENAMED | Jon | | Hikers",
                "Jon cambi\u00f3 el asunto a \u201cHikers\u201d | RENAMED | Jon | | Hikers",
                "Jon added Kai | MEMBER_ADDED | Jon | Kai | ",
                "Jon added you | MEMBER_ADDED | Jon | Ida | ",
                "You added Kai | MEMBER_ADDED | ME | Kai | ",
                "Jon hat dich hinzugef\u00fcgt. | MEMBER_ADDED | Jon | Ida | ",
                "Jon a\u00f1adi\u00f3 a Kai | MEMBER_ADDED | Jon | Kai | ",
                "Jon adicionou Kai | MEMBER_ADDED | Jon | Kai | ",
                "Jon a ajout\u00e9 Kai | MEMBER_ADDED | Jon | Kai | ",
                "Jon ha aggiunto Kai | MEMBER_ADDED | Jon | Kai | ",
                "Jon heeft Kai toegevoegd | MEMBER_ADDED | Jon | Kai | ",
                "Jon removed Kai | MEMBER_REMOVED | Jon | Kai | ",
                "Kai left | MEMBER_LEFT | | Kai | ",
                "Kai hat die Gruppe verlassen. | MEMBER_LEFT | | Kai | ",
                "Kai saiu do grupo | MEMBER_LEFT | | Kai | ",
                "Kai sali\u00f3 del grupo | MEMBER_LEFT | | Kai | ",
                "Kai a quitt\u00e9 le groupe | MEMBER_LEFT | | Kai | ",
                "Kai changed their phone number to a new number. Tap to message. | NUMBER_CHANGED | | Kai | ",
                "Kai changed to +49 170 1234567 | NUMBER_CHANGED | | Kai | ",
                "Jon changed this group's icon | PHOTO_CHANGED | Jon | | ",
                "Jon ne fait rien de connu | UNKNOWN | | | Jon ne fait rien de connu",
            })
    void noticesOfAGroup(String notice, GroupChange.Kind kind, String actor, String subject, String title)
            throws Exception {
        String talk = "\n%s Ida: hi\n%s Jon: hi\n%s Kai: hi\n";
        String header = "[13/05/2024, 10:01:00]";
        Exported.Told ios = Exported.read(
                Exported.write(
                        folder,
                        "WhatsApp Chat - Hikers.txt",
                        "[13/05/2024, 10:00:00] Hikers: \u200e" + notice + talk.formatted(header, header, header)),
                "Ida");
        String android = "13/05/2024, 10:01 -";
        Exported.Told other = Exported.read(
                Exported.write(
                        folder,
                        "WhatsApp Chat with Hikers.txt",
                        "13/05/2024, 10:00 - " + notice + talk.formatted(android, android, android)),
                "Ida");
        for (Exported.Told told : List.of(ios, other)) {
            assertThat(told.messages()).hasSize(3);
            assertThat(told.contacts()).hasSize(3);
            GroupChange change = told.changes().getFirst();
            assertThat(change.kind()).isEqualTo(kind);
            assertThat(change.byOwner()).isEqualTo("ME".equals(actor));
            assertThat(change.actor() == null ? null : change.actor().raw())
                    .isEqualTo("ME".equals(actor) ? null : actor);
            assertThat(change.subject() == null ? null : change.subject().raw()).isEqualTo(subject);
            assertThat(change.title()).isEqualTo(title);
        }
    }

    @Test
    void filesAreLinkedWhereTheyAre() throws Exception {
        String photo = "00000002-PHOTO-2024-05-13-10-01-00.jpg";
        String chat =
                "[13/05/2024, 10:00:00] Ida: hi\n\u200e[13/05/2024, 10:01:00] Jon: \u200e<attached: " + photo + ">\n";
        Path single = Exported.write(folder, "f/WhatsApp Chat - Jon/_chat.txt", chat);
        Files.writeString(single.resolveSibling(photo), "jpeg");
        Map<String, String> files = new LinkedHashMap<>();
        files.put("_chat.txt", chat);
        files.put(photo, "jpeg");
        Path zip = Exported.zip(folder.resolve("WhatsApp Chat - Jon.zip"), files);
        Map<Path, String> places = Map.of(
                single,
                single.resolveSibling(photo).toString(),
                single.getParent(),
                single.resolveSibling(photo).toString(),
                folder.resolve("f"),
                single.resolveSibling(photo).toString(),
                zip,
                zip + "!/" + photo);
        for (Map.Entry<Path, String> place : places.entrySet()) {
            assertThat(Exported.read(place.getKey(), "Ida").messages().getLast().attachments())
                    .as(place.getKey().toString())
                    .singleElement()
                    .satisfies(file -> {
                        assertThat(file.missing()).isFalse();
                        assertThat(file.path()).isEqualTo(place.getValue());
                    });
        }
        Files.delete(single.resolveSibling(photo));
        assertThat(Exported.read(single, "Ida").messages().getLast().attachments())
                .extracting(Attachment::missing)
                .containsExactly(true);
    }
}
