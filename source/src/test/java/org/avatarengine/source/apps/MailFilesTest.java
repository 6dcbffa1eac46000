package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.ownwords.OwnWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails as single files, in folders and in variants of mbox; charsets; mails that no person wrote. */
class MailFilesTest {
    private static final String HEAD = """
            From: Ann Lee <ann@example.org>
            To: Sam <sam@example.com>
            Delivered-To: sam@example.com
            Subject: Plan
            Date: Mon, 3 Mar 2025 10:11:00 +0000
            """;

    static final String SAMPLE =
            HEAD + "Message-ID: <1@example.org>\nContent-Type: text/html\n\n<p>hello<blockquote>x</blockquote>";

    @TempDir
    Path folder;

    private static String mail(int number, String body) {
        return HEAD + "Message-ID: <" + number + "@example.org>\nContent-Type: text/plain; charset=utf-8\n\n" + body;
    }

    private static String separator(int second) {
        return "From ann@example.org Mon Mar  3 10:11:%02d 2025\n".formatted(second);
    }

    @Test
    void aSingleMailIsReadWhateverItsName() throws Exception {
        for (String name : List.of("one.eml", "mail without ending", "mail.txt")) {
            Exported.Told told = Exported.read(
                    Exported.write(folder, name, mail(1, "hello\n").replace("\n", "\r\n")), (String) null);
            assertThat(told.app()).isEqualTo("mails");
            assertThat(told.texts()).containsExactly("hello");
            assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false);
        }
    }

    @Test
    void appleMailsFilesAreRead() throws Exception {
        String sent = mail(2, "my answer\n")
                .replace("Ann Lee <ann@example.org>", "Sam <sam@example.com>")
                .replace("Delivered-To: sam@example.com\n", "");
        Exported.write(folder, "V10/INBOX.mbox/Data/Messages/12.emlx", emlx(mail(1, "hello\n")));
        Exported.write(folder, "V10/Sent Messages.mbox/Data/Messages/13.emlx", emlx(sent));
        Exported.write(folder, "V10/INBOX.mbox/Info.plist", "<plist/>");
        Exported.Told told = Exported.read(folder, (String) null);
        assertThat(told.texts()).containsExactly("hello", "my answer");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true);
    }

    private static String emlx(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8).length + "      \n" + mail
                + "<?xml version=\"1.0\"?>\n<plist><dict><key>flags</key><integer>1</integer></dict></plist>\n";
    }

    @Test
    void foldersOfMailProgramsAreRead() throws Exception {
        Exported.write(folder, "a/Re_ Plan.eml", mail(1, "one\n"));
        Exported.write(folder, "a/sub/Plan.eml", mail(2, "two\n"));
        Exported.write(folder, "ImapMail/INBOX", separator(1) + mail(3, "three\n"));
        Exported.write(folder, "ImapMail/INBOX.msf", "// <!-- <mdb:mork:z v=\"1.4\"/> -->");
        Exported.write(folder, "Maildir/cur/1741000000.M1P2.host:2,S", mail(4, "four\n"));
        Exported.write(folder, "a/notes.txt", "Not: a mail\nAt: all\n\nText");
        Exported.Told told = Exported.read(folder, (String) null);
        assertThat(told.texts()).containsExactlyInAnyOrder("one", "two", "three", "four");
    }

    @Test
    void linesThatOnlyBeginWithFromDoNotCutAMail() throws Exception {
        String file = separator(1)
                + mail(
                        1,
                        "Hi\n\nFrom the start it was clear.\n\nFrom Monday May 5 on:\nall.\n\n>From quoted.\n>>From twice.\n\n")
                + "From - Mon Mar 03 10:11:02 2025\n"
                + mail(2, "second\n\n")
                + "From 1234567890@xxx Mon Mar 03 10:11:03 +0000 2025\n"
                + mail(3, "third\n\n")
                + "From \"ann lee\"@example.org Mon Mar  3 10:11 CET 2025\r\n"
                + mail(4, "fourth\n\n")
                + "From ann@example.org Mon, 3 Mar 2025 10:11:00 +0100\n"
                + mail(5, "fifth\n");
        Exported.Told told = Exported.read(Exported.write(folder, "all.mbox", file), (String) null);
        assertThat(told.texts())
                .containsExactly(
                        "Hi\n\nFrom the start it was clear.\n\nFrom Monday May 5 on:\nall.\n\nFrom quoted.\n>From twice.",
                        "second",
                        "third",
                        "fourth",
                        "fifth");
    }

    @Test
    void statedLengthsAreBelievedIfAMailFollows() throws Exception {
        String body = "Hi\n\nFrom ann@example.org Mon Mar  3 10:11:09 2025\nX: a quoted separator\n\n>From stays\n";
        String first = mail(1, body).replace("Subject:", "Content-Length: " + body.length() + "\nSubject:");
        String wrong = mail(2, "second\n").replace("Subject:", "Content-Length: 3\nSubject:");
        String file = separator(1) + first + "\n" + separator(2) + wrong + "\n" + separator(3) + mail(3, "third\n");
        Exported.Told told = Exported.read(Exported.write(folder, "all.mbox", file), (String) null);
        assertThat(told.texts()).containsExactly(body.strip(), "second", "third");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, Grüße aus Köln, example.org",
        "windows-1252, Grüße aus Köln – bis morgen, example.org",
        "windows-1252, À bientôt à l’été, example.org",
        "windows-1250, Zażółć gęślą jaźń - piątek, example.org",
        "windows-1250, Příliš žluťoučký kůň, example.org",
        "windows-1251, 'Привет, как дела? Завтра увидимся.', example.org",
        "KOI8-R, 'Привет, как дела? Завтра увидимся.', example.org",
        "windows-1253, 'Καλημέρα, τι κάνεις; Τα λέμε αύριο.', example.org",
        "windows-1254, 'Yarın görüşürüz, çok teşekkürler, iyi akşamlar', example.com.tr",
        "windows-1255, שלום מה שלומך מחר נתראה, example.org",
        "windows-1256, مرحبا كيف حالك غدا نلتقي, example.org",
        "windows-31j, 明日は東京へ行きます。よろしくお願いします。, example.org",
        "EUC-JP, 明日は東京へ行きます。よろしくお願いします。, example.org",
        "GB18030, 你好，明天我们在北京见面，谢谢你。, example.org",
        "Big5, 你好，明天我們在台北見面，謝謝你。, example.org",
        "x-windows-949, '안녕하세요, 내일 서울에서 만나요.', example.org",
        "ISO-2022-JP, 明日は東京へ行きます。, example.org"
    })
    void textWithoutACharsetIsRead(String charset, String text, String domain) throws Exception {
        for (String type : List.of(
                "",
                "Content-Type: text/plain\n",
                "Content-Type: text/plain; charset=us-ascii\n",
                "Content-Type: text/plain; charset=unknown-8bit\n")) {
            String mail = HEAD.replace("example.org", domain).replace("Plan", text) + type
                    + "Content-Transfer-Encoding: 8bit\n\n" + text + "\n";
            Path file = Files.write(folder.resolve("one.eml"), mail.getBytes(Charset.forName(charset)));
            Exported.Told told = Exported.read(file, (String) null);
            assertThat(told.texts()).containsExactly(text);
            assertThat(told.messages().getFirst().subject()).isEqualTo(text);
        }
    }

    @Test
    void htmlWithoutACharsetIsRead() throws Exception {
        String mail = HEAD + "Content-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n<p>Grüße aus Köln</p>\n";
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            Path file = Files.write(folder.resolve("one.eml"), mail.getBytes(charset));
            assertThat(Exported.read(file, (String) null).texts()).containsExactly("Grüße aus Köln");
        }
    }

    @Test
    void brokenEncodedHeadersAreRead() throws Exception {
        for (Map.Entry<String, String> subject : Map.of(
                        "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße",
                        "=?utf-8?q?Gr=C3=BC=C3=9Fe aus K=C3=B6ln?=", "Grüße aus Köln",
                        "=?UTF-8?B?R3LDvA==?= =?UTF-8?B?w59l?=", "Grüße",
                        "=?UTF-8?B?R3LDvA?==?UTF-8?B?w59l?=", "Grüße",
                        "=?UTF-8?Q?Gr=C3?= =?UTF-8?Q?=BC=C3=9Fe?=", "Grüße",
                        "\"=?iso-8859-1?Q?Gr=FC=DFe?=\"", "\"Grüße\"",
                        "=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=", "Grüße",
                        "=?nonsense?Q?Gr=C3=BC=C3=9Fe?=", "Grüße",
                        "Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= und mehr", "Re: Grüße und mehr",
                        "=?utf-8?Q?Gr=C3=BC\n =C3=9Fe?=", "Grüße")
                .entrySet()) {
            Path file = Exported.write(folder, "one.eml", mail(1, "x").replace("Plan", subject.getKey()));
            assertThat(Exported.read(file, (String) null).messages())
                    .extracting(Message::subject)
                    .as(subject.getKey())
                    .containsExactly(subject.getValue());
        }
        for (String name : List.of(
                "\"=?utf-8?Q?L=C3=A9e=2C_Ann?=\"",
                "=?utf-8?Q?L=C3=A9e, Ann?=",
                "\"Lée, Ann\"",
                "=?utf-8?Q?L=C3=A9e=2C_Ann?=")) {
            Path file = Exported.write(folder, "one.eml", mail(1, "x").replace("Ann Lee", name));
            Exported.Told told = Exported.read(file, (String) null);
            assertThat(told.contacts()).extracting(Contact::name).as(name).contains("Lée, Ann");
            assertThat(told.messages().getFirst().sender().value()).isEqualTo("ann@example.org");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X: y                                                    | ann@example.org          | TYPED
            Auto-Submitted: no                                      | ann@example.org          | TYPED
            Auto-Submitted: auto-replied                            | ann@example.org          | AUTO_REPLY
            Auto-Submitted: auto-replied (vacation)                 | ann@example.org          | AUTO_REPLY
            X-Autoreply: yes                                        | ann@example.org          | AUTO_REPLY
            Precedence: auto_reply                                  | ann@example.org          | AUTO_REPLY
            Auto-Submitted: auto-generated                          | ann@example.org          | APP_MADE
            List-Unsubscribe: <https://example.org/u>               | ann@example.org          | APP_MADE
            Precedence: bulk                                        | ann@example.org          | APP_MADE
            List-Id: News <news.example.org>                        | ann@example.org          | APP_MADE
            X: y                                                    | no-reply@example.org     | APP_MADE
            X: y                                                    | noreply@example.org      | APP_MADE
            X: y                                                    | do_not_reply@example.org | APP_MADE
            X: y                                                    | shop-noreply@example.org | APP_MADE
            X: y                                                    | MAILER-DAEMON@example.org | APP_MADE
            X-Spam-Flag: YES                                        | ann@example.org          | SPAM
            X-Spam-Status: Yes, score=9                             | ann@example.org          | SPAM
            X-Spam-Status: No, score=0                              | ann@example.org          | TYPED
            List-Post: <mailto:friends@example.org>                 | ann@example.org          | TYPED
            """)
    void mailsThatNoPersonWroteAreNotTyped(String header, String sender, MessageKind kind) throws Exception {
        String mail =
                header.strip() + "\n" + mail(1, "Some words.\n").replace("ann@example.org>\nTo", sender + ">\nTo");
        Exported.Told told = Exported.read(Exported.write(folder, "one.eml", mail), (String) null);
        assertThat(told.messages()).extracting(Message::kind).containsExactly(kind);
        assertThat(told.texts()).containsExactly("Some words.");
    }

    @Test
    void aDiscussionListIsTyped() throws Exception {
        String mail = "List-Id: Friends <friends.example.org>\nList-Unsubscribe: <mailto:x@example.org>\n"
                + "List-Post: <mailto:friends@example.org>\nPrecedence: list\n" + mail(1, "Some words.\n");
        assertThat(Exported.read(Exported.write(folder, "one.eml", mail), (String) null)
                        .messages())
                .extracting(Message::kind)
                .containsExactly(MessageKind.TYPED);
    }

    @Test
    void aMailThatOnlyForwardsIsForwarded() throws Exception {
        String forwarded =
                "---------- Forwarded message ---------\nFrom: Cy <cy@example.org>\nSubject: Old\n\ntheir words\n";
        Exported.Told told = Exported.read(Exported.write(folder, "one.eml", mail(1, forwarded)), (String) null);
        assertThat(told.messages()).extracting(Message::kind).containsExactly(MessageKind.FORWARDED);
        assertThat(told.texts().getFirst()).contains("their words");
        told = Exported.read(Exported.write(folder, "one.eml", mail(1, "Look.\n\n" + forwarded)), (String) null);
        assertThat(told.messages())
                .extracting(Message::kind, message -> OwnWords.of(message).text())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(MessageKind.TYPED, "Look."));
        String block = "From: Cy <cy@example.org>\nSent: Monday\nTo: Ann\nSubject: Old\n\ntheir words\n";
        told = Exported.read(
                Exported.write(folder, "one.eml", mail(1, block).replace("Subject: Plan", "Subject: WG: Plan")),
                (String) null);
        assertThat(told.messages()).extracting(Message::kind).containsExactly(MessageKind.FORWARDED);
    }

    @Test
    void aListsFooterDoesNotReplaceTheMail() throws Exception {
        String mail = HEAD + """
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=xx

                --xx
                Content-Type: text/html; charset=utf-8

                <p>The mail itself</p>
                --xx
                Content-Type: text/plain; charset=utf-8

                --
                the list
                --xx
                Content-Type: text/calendar; charset=utf-8; method=REQUEST

                BEGIN:VCALENDAR
                --xx--
                """;
        Exported.Told told = Exported.read(Exported.write(folder, "one.eml", mail), (String) null);
        assertThat(told.messages())
                .extracting(message -> OwnWords.of(message).text())
                .containsExactly("The mail itself");
        assertThat(told.messages().getFirst().attachments())
                .extracting(Attachment::mimeType)
                .containsExactly("text/calendar");
    }
}
