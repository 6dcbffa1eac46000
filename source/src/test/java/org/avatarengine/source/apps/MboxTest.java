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
import org.avatarengine.ownwords.OwnWords;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MboxTest {
    @TempDir
    Path folder;

    static final String MAILS = Golden.text("mail/quotes-attachment-and-html.mbox");

    @Test
    void readsMailsAndMarksWhatTheSenderDidNotWrite() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "All mail.mbox", MAILS), (String) null);
        assertThat(told.app()).isEqualTo("mails");
        assertThat(told.messages())
                .extracting(message -> OwnWords.of(message).text())
                .containsExactly(
                        "Läuft das am Sonntag?\nFrom there we can walk.", "Yes, gladly.", "One thing\nanother\nline");
        assertThat(told.texts())
                .containsExactly(
                        "Läuft das am Sonntag?\nFrom there we can walk.",
                        "Yes, gladly.\n\nOn Mon, May 13, 2024 at 6:30 PM Anna Lée\n<anna@example.org> wrote:\n"
                                + "> the earlier words\n--\nSam",
                        "One thing\nanother\nline\nquoted");
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
    void theOwnerMustBeSpecifiedIfNothingShowsIt() throws Exception {
        Path file = Exported.write(folder, "mails", MAILS.replace("Delivered-To: sam@example.com\n", ""));
        assertThatThrownBy(() -> Exported.read(file, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("--me ADDRESS");
        assertThatThrownBy(() -> Exported.read(file, "Sam"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("must be an e-mail address");
        assertThat(Exported.read(file, "Sam@Example.com, s@example.com").messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true, false);
        // Mails in a folder of sent mail are from the owner.
        Path sent = Exported.write(
                folder, "Sent.mbox", MAILS.substring(MAILS.indexOf("From sam"), MAILS.indexOf("From news")));
        assertThat(Exported.read(sent, (String) null).messages())
                .extracting(Message::fromOwner)
                .containsExactly(true);
    }
}
