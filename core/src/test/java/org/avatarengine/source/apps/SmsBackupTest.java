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
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmsBackupTest {
    @TempDir
    Path folder;

    /** Fields as https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/ describes them. */
    static final String BACKUP = """
            <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
            <!--File Created By SMS Backup & Restore v10.06.102-->
            <?xml-stylesheet type="text/xsl" href="sms.xsl"?>
            <smses count="6" backup_set="x" backup_date="1715620000000">
              <sms protocol="0" address="0170 1234567" date="1715617800000" type="1" subject="null" body="Hello &#55356;&#57225; &amp; bye" toa="null" sc_toa="null" service_center="+49" read="1" status="-1" locked="0" readable_date="13 May 2024" contact_name="Anna Lee" />
              <sms protocol="0" address="+491701234567" date="1715617860000" type="2" subject="null" body="Line&#10;two &#128512;" read="1" status="-1" contact_name="Anna Lee" />
              <sms protocol="0" address="+491701234567" date="1715617870000" type="3" body="a draft" contact_name="Anna Lee" />
              <sms protocol="0" address="BANK24" date="1715617880000" type="1" body="Your code" contact_name="(Unknown)" />
              <mms date="1715617900000" msg_box="1" address="+491701234567~+491707654321" sub="null" m_id="m1" contact_name="Anna Lee, Ben">
                <parts>
                  <part seq="-1" ct="application/smil" name="null" text="&lt;smil/&gt;" />
                  <part seq="0" ct="image/jpeg" name="pic.jpg" cl="pic.jpg" text="null" data="/9j/4AAQ" />
                  <part seq="0" ct="text/plain" name="null" text="Look" />
                </parts>
                <addrs>
                  <addr address="+491707654321" type="137" charset="106" />
                  <addr address="+491709999999" type="151" charset="106" />
                </addrs>
              </mms>
              <mms date="1715617910000" msg_box="2" address="+491701234567" contact_name="Anna Lee"><parts><part seq="0" ct="text/plain" text="sent"/></parts><addrs><addr address="insert-address-token" type="137"/></addrs></mms>
            </smses>
            """;

    @Test
    void readsTextsAndPictureMessages() throws Exception {
        Exported.Told told = Exported.read(Exported.write(folder, "sms-20240513.xml", BACKUP), (String) null);
        assertThat(told.app()).isEqualTo("SMS Backup & Restore file");
        assertThat(told.texts()).containsExactly("Hello 🎉 & bye", "Line\ntwo 😀", "Your code", "Look", "sent");
        assertThat(told.messages()).extracting(Message::fromOwner).containsExactly(false, true, false, false, true);
        assertThat(told.messages())
                .extracting(Message::service)
                .containsExactly(Service.SMS, Service.SMS, Service.SMS, Service.MMS, Service.MMS);
        assertThat(told.messages().getFirst().sentAt()).isEqualTo(Instant.parse("2024-05-13T16:30:00Z"));
        Message group = told.messages().get(3);
        assertThat(group.sender().value()).isEqualTo("+491707654321");
        assertThat(group.attachments()).extracting(Attachment::name).containsExactly("pic.jpg");
        assertThat(told.contacts()).extracting(Contact::name).containsExactly("Anna Lee", "Ben");
        assertThat(told.conversations())
                .extracting(c ->
                        c.participants().stream().map(Handle::value).toList().toString())
                .containsExactly("[+491701234567]", "[bank24]", "[+491701234567, +491707654321]");
    }

    /** The same file with an entity that would put a file of this computer into a message. */
    @Test
    void noFileOfThisComputerComesIn() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
        String doctype = "<!DOCTYPE smses [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n<smses ";
        String hostile = BACKUP.replace("<smses ", doctype).replace("Your code", "&x;");
        Path file = Exported.write(folder, "sms.xml", hostile);
        assertThatThrownBy(() -> Exported.read(file, (String) null)).isInstanceOf(SourceException.class);
    }

    /** Entities that double at each step would fill the memory. */
    @Test
    void entitiesDoNotMultiply() throws Exception {
        StringBuilder doctype = new StringBuilder("<!DOCTYPE smses [<!ENTITY a0 \"ha\">\n");
        for (int i = 1; i < 40; i++) {
            doctype.append("<!ENTITY a%d \"&a%d;&a%d;\">\n".formatted(i, i - 1, i - 1));
        }
        String hostile = BACKUP.replace("<smses ", doctype + "]>\n<smses ").replace("Your code", "&a39;");
        Path file = Exported.write(folder, "sms.xml", hostile);
        assertThatThrownBy(() -> Exported.read(file, (String) null)).isInstanceOf(SourceException.class);
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() throws Exception {
        Path cut = Exported.write(folder, "cut.xml", BACKUP.substring(0, 900));
        assertThatThrownBy(() -> Exported.read(cut, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("this is not valid XML");
        Path date = Exported.write(folder, "date.xml", BACKUP.replace("1715617860000", "soon"));
        assertThatThrownBy(() -> Exported.read(date, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("message 2 (line 6): field \"date\" is no time");
        Path calls = Exported.write(folder, "calls.xml", "<?xml version='1.0'?>\n<calls count=\"0\"></calls>");
        assertThatThrownBy(() -> Exported.read(calls, (String) null))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("a list of calls and no messages");
    }
}
