package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MboxTest {
    @TempDir
    Path folder;

    static final String MAILS = """
            From anna@example.org Mon May 13 16:30:00 2024
            Delivered-To: sam@example.com
            From: =?UTF-8?Q?Anna_L=C3=A9e?= <Anna@Example.org>
            To: Sam <sam@example.com>
            Subject: =?UTF-8?B?TMOkdWZ0IGRhcz8=?=
            Date: Mon, 13 May 2024 18:30:00 +0200
            Message-ID: <1@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=xx

            --xx
            Content-Type: multipart/alternative; boundary=yy

            --yy
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            L=E4uft das am Sonntag?
            >From there we can walk.

            --yy
            Content-Type: text/html; charset=utf-8

            <p>not this one</p>
            --yy--
            --xx
            Content-Type: application/pdf; name="map.pdf"
            Content-Disposition: attachment; filename="map.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0=
            --xx--

            From sam@example.com Mon May 13 17:00:00 2024
            From: Sam <sam@example.com>
            To: anna@example.org
            Cc: ben@example.org
            Subject: Re: plan
            Date: Mon, 13 May 2024 19:00:00 +0200
            Message-ID: <2@example.com>
            In-Reply-To: <1@example.org>
            Content-Type: text/plain; charset=utf-8

            Yes, gladly.

            On Mon, May 13, 2024 at 6:30 PM Anna Lée
            <anna@example.org> wrote:
            > the earlier words
            --\u0020
            Sam

            From news@example.net Mon May 13 18:00:00 2024
            From: news@example.net
            To: sam@example.com
            Subject: News
            Date: Mon, 13 May 2024 20:00:00 +0200
            Content-Type: text/html; charset=utf-8

            <html><head><title>no</title><style>x{}</style></head><body><p>One&nbsp;thing</p><div>another<br>line</div><blockquote>quoted</blockquote></body></html>
            """;

    @Test
    void readsMailsAndWhatIsTheirWritersOwn() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "All mail.mbox", MAILS), (String) null);
        assertThat(told.app()).isEqualTo("mbox of mails");
        assertThat(told.texts())
                .containsExactly(
                        "Läuft das am Sonntag?\nFrom there we can walk.", "Yes, gladly.", "One thing\nanother\nline");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true, false);
        assertThat(told.messages()).extracting(Message::service).containsOnly(Service.EMAIL);
        Message first = told.messages().getFirst();
        assertThat(first.subject()).isEqualTo("Läuft das?");
        assertThat(first.sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
        assertThat(first.attachments()).extracting(Attachment::name).containsExactly("map.pdf");
        assertThat(told.messages().get(1).replyTo().messageId()).isEqualTo(first.id());
        assertThat(told.contacts())
                .extracting(Contact::name, Contact::owner)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("Anna Lée", false),
                        org.assertj.core.groups.Tuple.tuple("Sam", true));
        assertThat(told.conversations())
                .extracting(c ->
                        c.participants().stream().map(Handle::value).toList().toString())
                .containsExactly("[anna@example.org]", "[anna@example.org, ben@example.org]", "[news@example.net]");
    }

    @Test
    void whoseMailsTheyAreHasToBeSaidWhereNothingTells() throws Exception {
        Path file = Exported.write(folder, "mails", MAILS.replace("Delivered-To: sam@example.com\n", ""));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me ADDRESS");
        assertThatThrownBy(() -> Exported.read(file, "Sam"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has to be an e-mail address");
        assertThat(Exported.read(file, "Sam@Example.com, s@example.com").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true, false);
        // What lies in a folder for mail that was sent is from its owner.
        Path sent = Exported.write(
                folder, "Sent.mbox", MAILS.substring(MAILS.indexOf("From sam"), MAILS.indexOf("From news")));
        assertThat(Exported.read(sent, (String) null).messages())
                .extracting(Message::fromOwner)
                .containsExactly(true);
    }
}
