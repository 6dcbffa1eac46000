package org.avatarengine.source.apps.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.ByteSequence;
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

    private static final Pattern ENCODED_WORD =
            Pattern.compile("=\\?([A-Za-z0-9_.:-]{2,40})(?:\\*[a-z-]+)?\\?[bBqQ]\\?");

    private static final Pattern COUNTRY = Pattern.compile("@[^\\s>,;]*\\.([A-Za-z]{2})\\b");
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s\";]+)");

    private Mails() {}

    static Message parse(byte[] bytes) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(CONFIG);
        builder.setDecodeMonitor(DecodeMonitor.SILENT);
        return builder.parseMessage(new ByteArrayInputStream(bytes));
    }

    /** The first header of a name, as written; null when there is none. */
    static @Nullable String header(Entity mail, String name) {
        Field field = mail.getHeader() == null ? null : mail.getHeader().getField(name);
        return field == null || field.getBody() == null ? null : field.getBody().strip();
    }

    /** The bytes of all headers of a name. */
    static List<byte[]> raw(Entity mail, String name) {
        List<byte[]> all = new ArrayList<>();
        if (mail.getHeader() != null) {
            for (Field field : mail.getHeader().getFields(name)) {
                ByteSequence raw = field.getRaw();
                String body = field.getBody();
                if (raw != null) {
                    byte[] bytes = raw.toByteArray();
                    int colon = 0;
                    while (colon < bytes.length && bytes[colon] != ':') {
                        colon++;
                    }
                    int from = Math.min(bytes.length, colon + 1);
                    all.add(Arrays.copyOfRange(bytes, from, bytes.length));
                } else if (body != null) {
                    all.add(body.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return all;
    }

    /** The text of a header; null when there is none. */
    static @Nullable String text(Message mail, String name, MailCharset charsets) {
        List<byte[]> raw = raw(mail, name);
        return raw.isEmpty() ? null : new HeaderText(charsets).of(raw.getFirst());
    }

    /** The mailboxes in all headers of a name. Names are decoded; what is no address is left out. */
    static List<Mailbox> mailboxes(Message mail, String name, MailCharset charsets) {
        HeaderText text = new HeaderText(charsets);
        List<Mailbox> all = new ArrayList<>();
        for (byte[] raw : raw(mail, name)) {
            // Encoded words are decoded afterwards, because a name may contain commas.
            String addresses = text.separable(charsets.decode(raw, null).replaceAll("\\r?\\n(?=[ \\t])", ""));
            for (Mailbox one :
                    LenientAddressParser.DEFAULT.parseAddressList(addresses).flatten()) {
                String address = String.valueOf(one.getAddress());
                if (address.indexOf('@') > 0) {
                    String person = one.getName();
                    all.add(new Mailbox(
                            person == null ? null : name(text.of(person)), one.getLocalPart(), one.getDomain()));
                }
            }
        }
        return all;
    }

    /** Quotation marks around a whole name are no part of it. */
    private static String name(String written) {
        String name = written;
        while (name.length() > 1
                && (name.startsWith("\"") && name.endsWith("\"") || name.startsWith("'") && name.endsWith("'"))) {
            name = name.substring(1, name.length() - 1).strip();
        }
        return name;
    }

    /** What the mail shows of the charset of texts that do not say theirs. */
    static MailCharset charsets(Message mail, byte[] bytes) {
        MailCharset charsets = new MailCharset();
        evidence(mail, charsets, 0);
        Matcher word = ENCODED_WORD.matcher(
                new String(bytes, 0, Math.min(bytes.length, 1 << 16), StandardCharsets.ISO_8859_1));
        while (word.find()) {
            charsets.named(word.group(1));
        }
        String language = header(mail, "Content-Language");
        if (language != null) {
            charsets.language(language);
        }
        for (String name : new String[] {"From", "To"}) {
            String addresses = header(mail, name);
            if (addresses != null) {
                Matcher end = COUNTRY.matcher(addresses);
                while (end.find()) {
                    charsets.country(end.group(1));
                }
            }
        }
        return charsets;
    }

    private static void evidence(Entity entity, MailCharset charsets, int depth) {
        String type = header(entity, "Content-Type");
        if (type != null) {
            Matcher named = CHARSET.matcher(type);
            if (named.find() && !named.group(1).equalsIgnoreCase("us-ascii")) {
                charsets.named(named.group(1));
            }
        }
        if (depth < 20 && entity.getBody() instanceof Multipart parts) {
            for (Entity part : parts.getBodyParts()) {
                evidence(part, charsets, depth + 1);
            }
        }
    }
}
