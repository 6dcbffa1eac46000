package org.avatarengine.source.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ImportOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmsBackupTest {
    @TempDir
    Path folder;

    /** Fields as described at https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/. */
    static final String BACKUP = Golden.text("sms/sms-draft-short-code-and-mms.xml");

    @Test
    void readsTextsAndPictureMessages() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "sms-20240513.xml", BACKUP), (String) null);
        assertThat(told.app()).isEqualTo("SMS Backup & Restore file");
        assertThat(told.texts())
                .containsExactly("Hello 🎉 & bye", "Line\ntwo 😀", "a draft", "Your code", "Look", "sent");
        assertThat(told.messages())
                .extracting(Message::fromOwner)
                .containsExactly(false, true, true, false, false, true);
        assertThat(told.messages().get(2).kind()).isEqualTo(MessageKind.FAILED);
        assertThat(told.messages())
                .extracting(Message::service)
                .containsExactly(Service.SMS, Service.SMS, Service.SMS, Service.SMS, Service.MMS, Service.MMS);
        assertThat(told.messages().getFirst().sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
        Message group = told.messages().get(4);
        assertThat(group.sender().value()).isEqualTo("+491707654321");
        assertThat(group.attachments()).extracting(Attachment::name).containsExactly("pic.jpg");
        assertThat(told.contacts()).extracting(Contact::name).containsExactly("Anna Lee", "Ben");
        assertThat(told.conversations())
                .extracting(c ->
                        c.participants().stream().map(Handle::value).toList().toString())
                .containsExactly("[+491701234567]", "[bank24]", "[+491701234567, +491707654321]");
    }

    @Test
    void whatWasNotDeliveredIsMarked() throws Exception {
        StringBuilder file = new StringBuilder("<?xml version='1.0'?>\n<smses count='16'>\n");
        for (int type = 1; type <= 6; type++) {
            file.append("<sms address='+491701234567' date='171561780000%d' type='%d' body='t%d' status='-1'/>\n"
                    .formatted(type, type, type));
            file.append(("<mms date='171561790000%d' msg_box='%d' address='+491701234567'><parts><part ct='text/plain'"
                            + " text='m%d'/></parts><addrs/></mms>\n")
                    .formatted(type, type, type));
        }
        file.append(
                "<sms address='+491701234567' date='1715617800009' type='2' body='undelivered' status='64'/>\n</smses>");
        Exported.Told told = Exported.read(Exported.write(folder, "sms.xml", file.toString()), (String) null);
        MessageKind[] kinds = {
            MessageKind.TYPED,
            MessageKind.TYPED,
            MessageKind.FAILED,
            MessageKind.SCHEDULED,
            MessageKind.FAILED,
            MessageKind.SCHEDULED
        };
        for (int type = 1; type <= 6; type++) {
            for (int i = 0; i < 2; i++) {
                Message message = told.messages().get(2 * (type - 1) + i);
                assertThat(message.fromOwner()).isEqualTo(type != 1);
                assertThat(message.kind()).isEqualTo(kinds[type - 1]);
            }
        }
        assertThat(told.messages().getLast().kind()).isEqualTo(MessageKind.FAILED);
    }

    @Test
    void aNumberWithoutItsPlusIsThatPersonsNumber() throws Exception {
        String file = "<?xml version='1.0'?><smses><sms address='61491570156' date='1714557600000' type='1' body='hi'/>"
                + "<sms address='+61 491 570 156' date='1714557600001' type='2' body='ho'/>"
                + "<sms address='(212) 555-0111' date='1714557600002' type='1' body='ha'/></smses>";
        ImportOptions us = new ImportOptions(null, Exported.BERLIN, new HandleNormalizer("US"));
        Exported.Told told = Exported.read(Exported.write(folder, "sms.xml", file), us);
        assertThat(told.conversations())
                .extracting(c -> c.participants().getFirst().value())
                .containsExactly("+61491570156", "+12125550111");
    }

    /** The same file with an entity that would insert a file of this computer into a message. */
    @Test
    void entitiesCannotReadLocalFiles() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
        String doctype = "<!DOCTYPE smses [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n<smses ";
        String hostile = BACKUP.replace("<smses ", doctype).replace("Your code", "&x;");
        Path file = Exported.write(folder, "sms.xml", hostile);
        assertThatThrownBy(() -> Exported.read(file, (String) null)).isInstanceOf(SourceException.class);
    }

    /** Entities that double at each level would fill the memory. */
    @Test
    void entitiesAreNotExpanded() throws Exception {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE smses [<!ENTITY a0 \"ha\">\n");
        for (int i = 1; i < 40; i++) {
            doctype.append("<!ENTITY a%d \"&a%d;&a%d;\">\n".formatted(i, i - 1, i - 1));
        }
        String hostile = BACKUP.replace("<smses ", doctype + "]>\n<smses ").replace("Your code", "&a39;");
        Path file = Exported.write(folder, "sms.xml", hostile);
        assertThatThrownBy(() -> Exported.read(file, (String) null)).isInstanceOf(SourceException.class);
    }

    @Test
    void anErrorNamesItsPlace() throws Exception {
        Path cut = Exported.write(folder, "cut.xml", BACKUP.substring(0, 900));
        assertThatThrownBy(() -> Exported.read(cut, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("this is not valid XML");
        Path date = Exported.write(folder, "date.xml", BACKUP.replace("1715617860000", "soon"));
        assertThatThrownBy(() -> Exported.read(date, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("message 2 (line 6): field \"date\" is not a time");
        Path calls = Exported.write(folder, "calls.xml", "<?xml version='1.0'?>\n<calls count=\"0\"></calls>");
        assertThatThrownBy(() -> Exported.read(calls, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("contains calls and no messages");
    }
}
