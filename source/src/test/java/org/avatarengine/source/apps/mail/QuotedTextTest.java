package org.avatarengine.source.apps.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.ownwords.OwnWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuotedTextTest {
    private static String own(QuotedText.Marked marked) {
        return OwnWords.of(marked.text(), marked.ranges(), MessageKind.TYPED, Service.EMAIL, false)
                .text();
    }

    private static String own(String text) {
        return own(QuotedText.of(text));
    }

    private static String html(String html) {
        return own(QuotedText.of(HtmlText.of(html), false));
    }

    /** Introductions as Gmail, Apple Mail, Thunderbird, Outlook, Yahoo, Proton and K-9 write them. */
    static Stream<String> introductions() {
        return """
                On Mon, 3 Mar 2025 at 10:11, Ann <a@example.org> wrote:
                On Mon, Mar 3, 2025 at 10:11 AM Ann Example <a@example.org> wrote:
                On 3 Mar 2025, at 10:11, Ann Example wrote:
                On Mar 3, 2025, at 10:11 AM, Ann Example <a@example.org> wrote:
                On 03/03/2025 10:11, Ann Example wrote:
                On Monday, March 3, 2025 at 10:11:12 AM GMT+1, Ann Example <a@example.org> wrote:
                On Monday, March 3rd, 2025 at 10:11, Ann <a@example.org> wrote:
                Ann Example wrote on 3/3/25 10:11 AM:
                Am 03.03.25 um 10:11 schrieb Ann:
                Am Mo., 3. März 2025 um 10:11 Uhr schrieb Ann Example <a@example.org>:
                Am 3. März 2025 10:11:12 MEZ schrieb Ann Example <a@example.org>:
                Ann Example <a@example.org> schrieb am 3. März 2025 um 10:11:
                Le lun. 3 mars 2025 à 10:11, Ann Example <a@example.org> a écrit :
                Le 3 mars 2025 à 10:11, Ann Example <a@example.org> a écrit :
                El lun, 3 mar 2025 a las 10:11, Ann Example (<a@example.org>) escribió:
                El 3 mar 2025, a las 10:11, Ann Example <a@example.org> escribió:
                Il giorno lun 3 mar 2025 alle ore 10:11 Ann Example <a@example.org> ha scritto:
                Il 03/03/2025 10:11, Ann Example ha scritto:
                Em seg., 3 de mar. de 2025 às 10:11, Ann Example <a@example.org> escreveu:
                Ann Example <a@example.org> escreveu (segunda, 3/03/2025 à(s) 10:11):
                A 3 de março de 2025 10:11, Ann Example <a@example.org> escreveu:
                Op ma 3 mrt 2025 om 10:11 schreef Ann Example <a@example.org>:
                Op 3 mrt. 2025 om 10:11 heeft Ann Example <a@example.org> het volgende geschreven:
                Den mån 3 mars 2025 kl 10:11 skrev Ann Example <a@example.org>:
                3 mars 2025 kl. 10:11 skrev Ann Example <a@example.org>:
                Den man. 3. mar. 2025 kl. 10.11 skrev Ann Example <a@example.org>:
                man. 3. mars 2025 kl. 10:11 skrev Ann Example <a@example.org>:
                ma 3. maalisk. 2025 klo 10.11 Ann Example (a@example.org) kirjoitti:
                pon., 3 mar 2025 o 10:11 Ann Example <a@example.org> napisał(a):
                W dniu 03.03.2025 o 10:11, Ann Example pisze:
                po 3. 3. 2025 v 10:11 odesílatel Ann Example <a@example.org> napsal:
                Dne 03. 03. 25 v 10:11 Ann Example napsal(a):
                po 3. 3. 2025 o 10:11 Ann Example <a@example.org> napísal(a):
                пн, 3 мар. 2025 г. в 10:11, Ann Example <a@example.org>:
                03.03.2025 10:11, Ann Example пишет:
                3 марта 2025 г., в 10:11, Ann Example <a@example.org> написал(а):
                пн, 3 бер. 2025 р. о 10:11 Ann Example <a@example.org> пише:
                На пн, 3.03.2025 г. в 10:11 Ann Example <a@example.org> написа:
                Ann Example <a@example.org>, 3 Mar 2025 Pzt, 10:11 tarihinde şunu yazdı:
                3 Mar 2025 10:11 tarihinde Ann Example <a@example.org> şunları yazdı:
                Στις Δευ 3 Μαρ 2025 στις 10:11 π.μ., ο/η Ann Example <a@example.org> έγραψε:
                Ann Example <a@example.org> ezt írta (időpont: 2025. márc. 3., H, 10:11):
                2025. 03. 03. 10:11 keltezéssel, Ann Example írta:
                În lun., 3 mar. 2025 la 10:11, Ann Example <a@example.org> a scris:
                2025年3月3日(月) 10:11 Ann Example <a@example.org>:
                2025/03/03 10:11、Ann Example <a@example.org>のメール:
                2025년 3월 3일 (월) 오전 10:11, Ann Example <a@example.org>님이 작성:
                Ann Example <a@example.org> 于2025年3月3日周一 10:11写道：
                Ann Example <a@example.org> 於 2025年3月3日 週一 上午10:11寫道：
                在 2025/3/3 10:11, Ann Example 写道:
                في الاثنين، 3 مارس 2025 في 10:11 ص تمت كتابة ما يلي بواسطة Ann Example <a@example.org>:
                \u202bבתאריך יום ב׳, 3 במרץ 2025 ב-10:11 מאת \u202aAnn Example\u202c\u200f <\u202aa@example.org\u202c\u200f>:\u202c
                Vào Th 2, 3 thg 3, 2025 vào lúc 10:11 Ann Example <a@example.org> đã viết:
                Pada Sen, 3 Mar 2025 pukul 10.11 Ann Example <a@example.org> menulis:
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("introductions")
    void anIntroductionAndItsQuotationAreMarked(String introduction) {
        for (String between : List.of("\n", "\n\n")) {
            String text = "My own words.\n\n" + introduction + between + "> hers\n> more";
            assertThat(own(text)).isEqualTo("My own words.");
            assertThat(QuotedText.of(text).text()).isEqualTo(text);
        }
        // Without marks at its lines, what follows is quoted, too; directly after the sender's own, as well.
        assertThat(own("My own words.\n" + introduction + "\n\nhers\nmore")).isEqualTo("My own words.");
    }

    @ParameterizedTest
    @MethodSource("introductions")
    void aWrappedIntroductionIsMarkedAsAWhole(String introduction) {
        String longer = introduction.replace("Ann Example", "Annabelle Christina Example-Montgomery-Fitzgerald");
        for (int width : new int[] {66, 72, 74, 76, 78}) {
            String wrapped = wrapped(longer, width);
            assertThat(own("My own words.\n\n" + wrapped + "\n> hers"))
                    .as(wrapped)
                    .isEqualTo("My own words.");
            assertThat(own("My own words.\n" + wrapped + "\n\n> hers"))
                    .as(wrapped)
                    .isEqualTo("My own words.");
        }
    }

    private static String wrapped(String text, int width) {
        StringBuilder lines = new StringBuilder();
        int line = 0;
        for (String word : text.split(" ")) {
            boolean fits = line + 1 + word.length() <= width;
            lines.append(lines.isEmpty() ? "" : fits ? " " : "\n").append(word);
            line = fits ? line + 1 + word.length() : word.length();
        }
        return lines.toString();
    }

    @Test
    void answersBetweenQuotedLinesAreOwn() {
        assertThat(own("""
                On Mon, 3 Mar 2025 at 10:11, Ann <a@example.org> wrote:

                > Shall we go?

                Yes, at nine.

                > And the car?
                > It is old.

                I take mine.
                """)).isEqualTo("Yes, at nine.\n\n\nI take mine.");
    }

    @Test
    void outlooksBlockIsMarkedInManyLanguages() {
        for (String block : List.of(
                "From: Ann <a@example.org>\nSent: Monday, March 3, 2025 10:11\nTo: Bob <b@example.org>\nSubject: Plan",
                "From: Ann <a@example.org> Sent: Monday, March 3, 2025 10:11 To: Bob <b@example.org> Subject: Plan",
                "*From:* Ann <a@example.org>\n*Sent:* Monday, March 3, 2025 10:11\n*To:* Bob\n*Subject:* Plan",
                "Von: Ann <a@example.org>\nGesendet: Montag, 3. März 2025 10:11\nAn: Bob\nBetreff: Plan",
                "De : Ann <a@example.org>\nEnvoyé : lundi 3 mars 2025 10:11\nÀ : Bob\nObjet : Plan",
                "De: Ann\nEnviado el: lunes, 3 de marzo de 2025 10:11\nPara: Bob\nAsunto: Plan",
                "Da: Ann\nInviato: lunedì 3 marzo 2025 10:11\nA: Bob\nOggetto: Plan",
                "De: Ann\nEnviada em: segunda-feira, 3 de março de 2025 10:11\nPara: Bob\nAssunto: Plan",
                "Van: Ann\nVerzonden: maandag 3 maart 2025 10:11\nAan: Bob\nOnderwerp: Plan",
                "Från: Ann\nSkickat: den 3 mars 2025 10:11\nTill: Bob\nÄmne: Plan",
                "Fra: Ann\nSendt: 3. marts 2025 10:11\nTil: Bob\nEmne: Plan",
                "Lähettäjä: Ann\nLähetetty: maanantai 3. maaliskuuta 2025 10.11\nVastaanottaja: Bob\nAihe: Plan",
                "Od: Ann\nWysłano: poniedziałek, 3 marca 2025 10:11\nDo: Bob\nTemat: Plan",
                "Od: Ann\nOdesláno: pondělí 3. března 2025 10:11\nKomu: Bob\nPředmět: Plan",
                "От: Ann\nОтправлено: 3 марта 2025 г. 10:11\nКому: Bob\nТема: Plan",
                "Від: Ann\nНадіслано: 3 березня 2025 р. 10:11\nКому: Bob\nТема: Plan",
                "Kimden: Ann\nGönderildi: 3 Mart 2025 10:11\nKime: Bob\nKonu: Plan",
                "Από: Ann\nΣτάλθηκε: Δευτέρα, 3 Μαρτίου 2025 10:11\nΠρος: Bob\nΘέμα: Plan",
                "Feladó: Ann\nElküldve: 2025. március 3. 10:11\nCímzett: Bob\nTárgy: Plan",
                "De la: Ann\nTrimis: luni, 3 martie 2025 10:11\nCătre: Bob\nSubiect: Plan",
                "差出人: Ann\n送信日時: 2025年3月3日 10:11\n宛先: Bob\n件名: Plan",
                "보낸 사람: Ann\n보낸 날짜: 2025년 3월 3일 10:11\n받는 사람: Bob\n제목: Plan",
                "发件人: Ann\n发送时间: 2025年3月3日 10:11\n收件人: Bob\n主题: Plan",
                "寄件者： Ann\n寄件日期： 2025年3月3日 10:11\n收件者： Bob\n主旨： Plan",
                "من: Ann\nتاريخ الإرسال: 3 مارس 2025\nإلى: Bob\nالموضوع: Plan",
                "מאת: Ann\nנשלח: יום שני 3 מרץ 2025\nאל: Bob\nנושא: Plan")) {
            String quoted = block + "\n\nhers\n\nmore of hers";
            assertThat(own("Mine.\n\n" + quoted)).as(block).isEqualTo("Mine.");
            assertThat(own("Mine.\n\n________________________________\n" + quoted))
                    .as(block)
                    .isEqualTo("Mine.");
        }
    }

    @Test
    void headingsAreMarked() {
        for (String heading : List.of(
                "-----Original Message-----",
                "-----Ursprüngliche Nachricht-----",
                "-------- Original-Nachricht --------",
                "-----Message d'origine-----",
                "-----Mensaje original-----",
                "-----Messaggio originale-----",
                "-----Mensagem original-----",
                "-----Oorspronkelijk bericht-----",
                "-----Ursprungligt meddelande-----",
                "-----Oprindelig meddelelse-----",
                "-----Opprinnelig melding-----",
                "-----Alkuperäinen viesti-----",
                "-----Wiadomość oryginalna-----",
                "-----Původní zpráva-----",
                "-----Исходное сообщение-----",
                "-----Özgün İleti-----",
                "-----Eredeti üzenet-----",
                "-----原始邮件-----",
                "------- Original Message -------")) {
            assertThat(own("Mine.\n\n" + heading + "\nFrom: Ann\nhers\n\nmore"))
                    .as(heading)
                    .isEqualTo("Mine.");
        }
    }

    @Test
    void forwardedMailsAreMarked() {
        for (String heading : List.of(
                "---------- Forwarded message ---------",
                "---------- Forwarded message ----------",
                "-------- Forwarded Message --------",
                "Begin forwarded message:",
                "----- Forwarded Message -----",
                "-------- Weitergeleitete Nachricht --------",
                "Anfang der weitergeleiteten Nachricht:",
                "Début du message transféré :",
                "Inicio del mensaje reenviado:",
                "Inizio messaggio inoltrato:",
                "Начало переадресованного сообщения:",
                "-------- Перенаправленное сообщение --------",
                "---------- 转发的邮件 ----------")) {
            String mail =
                    heading + "\nFrom: Ann <a@example.org>\nDate: 3 Mar 2025\nSubject: Plan\nTo: Bob\n\nhers\n\nmore";
            QuotedText.Marked marked = QuotedText.of("Look at this.\n\n" + mail);
            assertThat(own(marked)).as(heading).isEqualTo("Look at this.");
            assertThat(marked.ranges()).extracting(TextRange::kind).containsExactly(TextRange.Kind.FORWARDED);
            assertThat(QuotedText.of(mail).isOnly(TextRange.Kind.FORWARDED)).isTrue();
            assertThat(QuotedText.of("> " + mail.replace("\n", "\n> ")).isOnly(TextRange.Kind.FORWARDED))
                    .as(heading)
                    .isTrue();
        }
    }

    @Test
    void signaturesAreMarked() {
        for (String signature : List.of(
                "Sent from my iPhone",
                "Von meinem iPhone gesendet",
                "Envoyé de mon iPhone",
                "Enviado desde mi iPhone",
                "Inviato da iPhone",
                "Enviado do meu iPhone",
                "Verstuurd vanaf mijn iPhone",
                "Skickat från min iPhone",
                "Sendt fra min iPhone",
                "Lähetetty iPhonesta",
                "Wysłane z iPhone'a",
                "Odesláno z iPhonu",
                "Отправлено с iPhone",
                "Надіслано з iPhone",
                "iPhone’umdan gönderildi",
                "Στάλθηκε από το iPhone μου",
                "Trimis de pe iPhone-ul meu",
                "iPhoneから送信",
                "나의 iPhone에서 보냄",
                "发自我的iPhone",
                "從我的iPhone傳送",
                "تم الإرسال من iPhone",
                "נשלח מה-iPhone שלי",
                "Get Outlook for iOS<https://aka.ms/o0ukef>",
                "Gesendet mit der mobilen Mail App",
                "Sent from Yahoo Mail on Android",
                "Sent from my Galaxy",
                "-- \nBob Example\nTel. 123",
                "--\nBob")) {
            QuotedText.Marked marked = QuotedText.of("Mine.\n\n" + signature);
            assertThat(own(marked)).as(signature).isEqualTo("Mine.");
            assertThat(marked.ranges())
                    .as(signature)
                    .extracting(TextRange::kind)
                    .containsOnly(TextRange.Kind.SIGNATURE);
            assertThat(own("Mine.\n\n" + signature + "\n\nOn 3 Mar 2025, at 10:11, Ann wrote:\n\n> hers"))
                    .as(signature)
                    .isEqualTo("Mine.");
        }
    }

    @Test
    void whatOnlyLooksLikeAQuotationIsOwn() {
        for (String text : List.of(
                "On Monday we meet at 10:11.\nHe wrote:\nnothing at all",
                "I bring:\n- bread\n- wine",
                "To: think about it\nSubject to change",
                "From the start it was clear.\nFrom: here to there",
                "The shop sent this to me:\nnothing",
                "Yesterday Ann wrote that 3 Mar 2025 is fine.\nOK?",
                "Am Montag schrieb ich:\nviel zu viel",
                "Sent via the post office, it never came.\nSad.",
                "one\n\n--\n\n" + "a line of mine\n".repeat(30).strip())) {
            assertThat(own(text)).isEqualTo(text);
        }
    }

    @Test
    void htmlOfMailProgramsIsMarked() {
        String gmail =
                "<div dir=ltr>Mine.</div><br><div class=\"gmail_quote\"><div dir=ltr class=\"gmail_attr\">On Mon, 3 Mar"
                        + " 2025 at 10:11, Ann &lt;<a href=\"mailto:a@example.org\">a@example.org</a>&gt; wrote:<br></div><blockquote"
                        + " class=\"gmail_quote\"><div>hers</div></blockquote></div>";
        assertThat(html(gmail)).isEqualTo("Mine.");
        assertThat(html(gmail.replace(
                        "</blockquote></div>", "</blockquote><div>Below</div><blockquote>more</blockquote></div>")))
                .isEqualTo("Mine.\n\nBelow");
        assertThat(
                        html(
                                "<p>Mine.</p><div class=\"moz-cite-prefix\">Am 03.03.25 um 10:11 schrieb Ann:<br></div><blockquote"
                                        + " type=\"cite\">hers</blockquote><p>After</p><div class=\"moz-signature\">-- <br>Bob</div>"))
                .isEqualTo("Mine.\nAfter");
        assertThat(
                        html(
                                "<div>Mine.</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Ann<br>"
                                        + "<b>Sent:</b> Monday<br><b>To:</b> Bob<br><b>Subject:</b> Plan</div><div>hers</div><div>more</div>"))
                .isEqualTo("Mine.");
        assertThat(html(
                        "<div class=WordSection1><p class=MsoNormal>Mine.</p><div style='border:none;border-top:solid #E1E1E1'>"
                                + "<p class=MsoNormal><b>Von:</b> Ann &lt;a@example.org&gt;<br><b>Gesendet:</b> Montag<br><b>An:</b>"
                                + " Bob<br><b>Betreff:</b> Plan</p></div><p class=MsoNormal>hers</p></div>"))
                .isEqualTo("Mine.");
        assertThat(
                        html(
                                "<div>Mine.</div><div class=\"yahoo_quoted\"><div>On Monday, March 3, 2025, Ann wrote:</div>hers</div>"))
                .isEqualTo("Mine.");
        assertThat(
                        html(
                                "<div>Mine.</div><div class=\"protonmail_signature_block\">Sent with Proton Mail</div><div"
                                        + " class=\"protonmail_quote\">On Monday Ann wrote:<br><blockquote type=cite>hers</blockquote></div>"))
                .isEqualTo("Mine.");
        assertThat(html(
                        "<div>Mine.</div><div><br><blockquote type=\"cite\"><div>On 3 Mar 2025, at 10:11, Ann wrote:</div>"
                                + "<br><div>hers</div></blockquote></div>"))
                .isEqualTo("Mine.");
        QuotedText.Marked forward = QuotedText.of(
                HtmlText.of(
                        "<div dir=ltr><br><br><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message"
                                + " ---------<br>From: <b>Ann</b><br>Subject: Plan<br></div><div>hers</div></div></div>"),
                false);
        assertThat(forward.isOnly(TextRange.Kind.FORWARDED)).isTrue();
        // An indented paragraph is the sender's own.
        assertThat(
                        html(
                                "<div>Mine.</div><blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">Also mine.</blockquote>"))
                .isEqualTo("Mine.\nAlso mine.");
    }

    @Test
    void textWrappedByItsReaderIsJoined() {
        List<MailLine> lines = FlowedText.of(
                "This goes \non here.\n >not quoted\n> quoted which \n> goes on\n>> deeper\nMine.\n-- \nBob", false);
        assertThat(lines)
                .extracting(MailLine::text)
                .containsExactly(
                        "This goes on here.",
                        ">not quoted",
                        "> quoted which goes on",
                        ">> deeper",
                        "Mine.",
                        "-- ",
                        "Bob");
        QuotedText.Marked marked = QuotedText.of(lines, false);
        assertThat(marked.ranges())
                .extracting(TextRange::kind)
                .containsExactly(TextRange.Kind.QUOTED, TextRange.Kind.SIGNATURE);
    }

    /** No text is lost, and the ranges are in order and within it, whatever the lines. */
    @Property(tries = 500)
    void nothingIsLost(@ForAll("mails") List<String> lines) {
        String text = String.join("\n", lines);
        QuotedText.Marked marked = QuotedText.of(text);
        assertThat(marked.text().replaceAll("\\s+", " ").strip())
                .isEqualTo(text.replaceAll("\\s+", " ").strip());
        int from = 0;
        for (TextRange range : marked.ranges()) {
            assertThat(range.start()).isGreaterThanOrEqualTo(from);
            assertThat(range.end())
                    .isGreaterThan(range.start())
                    .isLessThanOrEqualTo(marked.text().length());
            from = range.end();
        }
    }

    @Provide
    Arbitrary<List<String>> mails() {
        List<String> parts = Stream.concat(
                        introductions(),
                        Stream.of(
                                "",
                                "",
                                "mine",
                                "> hers",
                                ">> deeper",
                                "-- ",
                                "--",
                                "____________________________",
                                "-----Original Message-----",
                                "From: Ann",
                                "Sent: Monday",
                                "To: Bob",
                                "Subject: Plan",
                                "Begin forwarded message:",
                                "> Begin forwarded message:",
                                "Sent from my iPhone",
                                "He wrote:"))
                .toList();
        return Arbitraries.of(parts).list().ofMaxSize(20);
    }
}
