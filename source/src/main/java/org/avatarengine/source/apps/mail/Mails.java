package org.avatarengine.source.apps.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/** Reads single mails (RFC 5322, MIME). */
final class Mails {
    /** Limits that real mails observe, so that a hostile mail cannot nest or grow without end. */
    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(1 << 20)
            .setMaxHeaderCount(2000)
            .setMaxContentLen(-1)
            .setMalformedHeaderStartsBody(false)
            .build();

    private Mails() {}

    static Message parse(byte[] bytes) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(CONFIG);
        builder.setDecodeMonitor(DecodeMonitor.SILENT);
        return builder.parseMessage(new ByteArrayInputStream(bytes));
    }

    static @Nullable String header(Message mail, String name) {
        Field field = mail.getHeader() == null ? null : mail.getHeader().getField(name);
        return field == null || field.getBody() == null ? null : field.getBody().strip();
    }

    static List<Mailbox> mailboxes(@Nullable MailboxList list) {
        return list == null ? List.of() : list;
    }

    static List<Mailbox> mailboxes(@Nullable AddressList list) {
        return list == null ? List.of() : list.flatten();
    }
}
