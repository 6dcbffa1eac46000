package org.avatarengine.source.apps.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Digest;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Reads the mails of a file. Mails between the same people are one conversation, regardless of their subject. */
final class MailReader {
    private static final Pattern ID = Pattern.compile("<([^<>\\s]{1,500})>");
    private static final int DEEPEST = 20;
    private static final int LARGEST_TEXT = 1 << 20;

    private final Archive archive;
    private final Archive.Entry file;
    private final HandleNormalizer normalizer;
    private final Set<String> mine;
    private long row;

    /** @param mine the owner's addresses, normalized */
    MailReader(Archive archive, Archive.Entry file, HandleNormalizer normalizer, Set<String> mine) {
        this.archive = archive;
        this.file = file;
        this.normalizer = normalizer;
        this.mine = mine;
    }

    void tell(ExportListener listener) throws IOException {
        try (InputStream in = archive.open(file)) {
            new MboxFile(in).read(bytes -> mail(bytes, listener));
        }
    }

    private void mail(byte[] bytes, ExportListener listener) throws IOException {
        row++;
        Message mail = Mails.parse(bytes);
        Map<String, Handle> people = new LinkedHashMap<>();
        List<Mailbox> from = Mails.mailboxes(mail.getFrom());
        Handle sender = null;
        boolean own = false;
        for (Mailbox one : from) {
            Handle handle = person(one, listener);
            own |= mine.contains(handle.value());
            if (sender == null && !mine.contains(handle.value())) {
                sender = handle;
                people.put(handle.value(), handle);
            }
        }
        for (List<Mailbox> list : List.of(Mails.mailboxes(mail.getTo()), Mails.mailboxes(mail.getCc()))) {
            for (Mailbox one : list) {
                Handle handle = person(one, listener);
                if (!mine.contains(handle.value())) {
                    people.put(handle.value(), handle);
                }
            }
        }
        Map<String, Handle> sorted = new TreeMap<>(people);
        String conversation = "mail:" + digest(String.join(",", sorted.keySet()));
        listener.conversation(conversation, null, Service.EMAIL, sorted.size() > 1, List.copyOf(sorted.values()));
        Date date = mail.getDate();
        String id = mail.getMessageId();
        Draft draft = new Draft(key(id, bytes), conversation, Service.EMAIL)
                .sentAt(date == null ? null : date.toInstant())
                .subject(mail.getSubject())
                .replyTo(answered(mail));
        draft.from(own ? null : sender == null ? normalizer.normalize("unknown") : sender);
        Parts parts = new Parts();
        collect(mail, parts, draft, 0);
        draft.text(QuotedText.own(parts.plain.isEmpty() ? HtmlText.of(parts.html.toString()) : parts.plain.toString()));
        listener.event(draft.message(listener.at(row)));
    }

    private Handle person(Mailbox mailbox, ExportListener listener) {
        Handle handle = normalizer.normalize(mailbox.getAddress());
        String name = mailbox.getName();
        boolean named = name != null && !name.isBlank() && !name.contains("@");
        listener.account(handle, named ? name.strip() : null, List.of(), mine.contains(handle.value()));
        return handle;
    }

    private static String key(@Nullable String id, byte[] bytes) {
        Matcher matcher = ID.matcher(id == null ? "" : id);
        return matcher.find()
                ? "mail:" + matcher.group(1)
                : "mail:" + HexFormat.of().formatHex(Digest.sha256().digest(bytes), 0, 16);
    }

    private static @Nullable String answered(Message mail) {
        String header = Mails.header(mail, "In-Reply-To");
        Matcher matcher = ID.matcher(header == null ? "" : header);
        return matcher.find() ? "mail:" + matcher.group(1) : null;
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /** The texts of a mail. Both alternatives are collected, and plain text is preferred. */
    private static final class Parts {
        private final StringBuilder plain = new StringBuilder();
        private final StringBuilder html = new StringBuilder();
    }

    private static void collect(Entity entity, Parts parts, Draft draft, int depth) throws IOException {
        Body body = entity.getBody();
        if (depth > DEEPEST || body == null) {
            return;
        }
        boolean attached = "attachment".equalsIgnoreCase(entity.getDispositionType());
        if (body instanceof Multipart multipart) {
            for (Entity part : multipart.getBodyParts()) {
                collect(part, parts, draft, depth + 1);
            }
        } else if (body instanceof TextBody text && !attached && entity.getFilename() == null) {
            StringBuilder into = "text/html".equalsIgnoreCase(entity.getMimeType()) ? parts.html : parts.plain;
            into.append(into.isEmpty() ? "" : "\n").append(read(text, entity.getCharset()));
        } else if (body instanceof Message forwarded) {
            draft.attach(forwarded.getSubject(), null, "message/rfc822", null);
        } else {
            draft.attach(entity.getFilename(), null, entity.getMimeType(), null);
        }
    }

    /**
     * Decodes a text with the charset in the mail; with Windows-1252, which accepts all bytes, if Java does not support
     * it.
     */
    private static String read(TextBody text, @Nullable String charset) throws IOException {
        Charset known;
        try {
            known = charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            known = Charset.forName("windows-1252");
        }
        List<String> pieces = new ArrayList<>();
        int left = LARGEST_TEXT;
        try (Reader reader = new InputStreamReader(text.getInputStream(), known)) {
            char[] buffer = new char[1 << 14];
            for (int n = reader.read(buffer); n >= 0 && left > 0; n = reader.read(buffer)) {
                pieces.add(new String(buffer, 0, Math.min(n, left)));
                left -= n;
            }
        }
        return String.join("", pieces);
    }
}
