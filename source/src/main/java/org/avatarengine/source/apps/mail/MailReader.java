package org.avatarengine.source.apps.mail;

import java.io.IOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Digest;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Reads the mails of a file. Mails between the same people are one conversation, regardless of their subject. */
final class MailReader {
    private static final Pattern ID = Pattern.compile("<([^<>\\s]{1,500})>");

    /** How the subject of a forwarded mail begins, in the languages of Outlook, Gmail and Yahoo. */
    private static final Pattern FORWARDS = Pattern.compile(
            "(?iu)^(?:fwd?|vs|wg|rv|tr|i|pd|enc|redir\\.?|vb|vl|videresend|ilt|fs|doorst|tov|továbbítás|转发|轉寄|転送|전달|הועבר|إعادة توجيه|πρθ|přep|fwd\\.)\\s?[:：]");

    private final Archive archive;
    private final MailFile file;
    private final HandleNormalizer normalizer;
    private final Set<String> mine;
    private long row;

    /** @param mine the owner's addresses, normalized */
    MailReader(Archive archive, MailFile file, HandleNormalizer normalizer, Set<String> mine) {
        this.archive = archive;
        this.file = file;
        this.normalizer = normalizer;
        this.mine = mine;
    }

    void tell(ExportListener listener) throws IOException {
        file.read(archive, bytes -> mail(bytes, listener));
    }

    private void mail(byte[] bytes, ExportListener listener) throws IOException {
        row++;
        Message mail = Mails.parse(bytes);
        MailCharset charsets = Mails.charsets(mail, bytes);
        Map<String, Handle> people = new LinkedHashMap<>();
        List<Mailbox> from = Mails.mailboxes(mail, "From", charsets);
        Handle sender = null;
        boolean own = false;
        for (Mailbox one : from.isEmpty() ? Mails.mailboxes(mail, "Sender", charsets) : from) {
            Handle handle = person(one, listener);
            own |= mine.contains(handle.value());
            if (sender == null && !mine.contains(handle.value())) {
                sender = handle;
                people.put(handle.value(), handle);
            }
        }
        for (String list : new String[] {"To", "Cc"}) {
            for (Mailbox one : Mails.mailboxes(mail, list, charsets)) {
                Handle handle = person(one, listener);
                if (!mine.contains(handle.value())) {
                    people.put(handle.value(), handle);
                }
            }
        }
        Map<String, Handle> sorted = new TreeMap<>(people);
        String conversation = "mail:" + Digest.of(String.join(",", sorted.keySet()));
        listener.conversation(conversation, null, Service.EMAIL, sorted.size() > 1, List.copyOf(sorted.values()));
        Date date = mail.getDate();
        String subject = Mails.text(mail, "Subject", charsets);
        Draft draft = new Draft(key(mail.getMessageId(), bytes), conversation, Service.EMAIL)
                .sentAt(date == null ? null : date.toInstant())
                .subject(subject)
                .replyTo(answered(mail));
        draft.from(own ? null : sender == null ? normalizer.normalize("unknown") : sender);
        text(mail, draft, charsets, subject, MailKinds.of(mail, sender == null ? null : sender.value(), subject, own));
        listener.event(draft.message(listener.at(row)));
    }

    private static void text(
            Message mail, Draft draft, MailCharset charsets, @Nullable String subject, MessageKind kind)
            throws IOException {
        MailText parts = new MailText(draft, charsets);
        List<MailLine> lines = parts.of(mail);
        boolean forwards = subject != null && FORWARDS.matcher(subject.strip()).find();
        QuotedText.Marked marked = QuotedText.of(lines, forwards);
        draft.text(marked.text());
        marked.ranges().forEach(draft::mark);
        boolean onlyForwards =
                marked.isOnly(TextRange.Kind.FORWARDED) || marked.text().isBlank() && parts.forwarded();
        draft.kind(kind == MessageKind.TYPED && onlyForwards ? MessageKind.FORWARDED : kind);
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
        return matcher.find() ? "mail:" + matcher.group(1) : "mail:" + Digest.of(bytes);
    }

    private static @Nullable String answered(Message mail) {
        String header = Mails.header(mail, "In-Reply-To");
        Matcher matcher = ID.matcher(header == null ? "" : header);
        return matcher.find() ? "mail:" + matcher.group(1) : null;
    }
}
