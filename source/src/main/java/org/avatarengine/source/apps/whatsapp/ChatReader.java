package org.avatarengine.source.apps.whatsapp;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ContentIds;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.avatarengine.source.archive.Lines;
import org.jspecify.annotations.Nullable;

/**
 * Reads one chat. WhatsApp's messages have no identifiers, so sender, text and the time as written in the file identify
 * them, and identical messages are numbered. A later export of the same chat therefore adds only new messages, also on a
 * computer in another time zone or when the order of day and month is recognized only then.
 */
final class ChatReader {
    /** Well above the app's limit of 65,536 characters. */
    private static final int LONGEST = 1 << 20;

    private static final Pattern MENTION = Pattern.compile("@\u2068([^\u2069]{1,80})\u2069");

    private final Archive archive;
    private final WhatsApp.Chat chat;
    private final ImportOptions asked;
    private final String conversation;
    private final ContentIds ids = new ContentIds("whatsapp");

    ChatReader(Archive archive, WhatsApp.Chat chat, ImportOptions asked) {
        this.archive = archive;
        this.chat = chat;
        this.asked = asked;
        this.conversation = "whatsapp:" + chat.name();
    }

    void tell(ExportListener listener) throws IOException, SourceException {
        listener.conversation(
                conversation, chat.group() ? chat.name() : null, Service.WHATSAPP, chat.group(), List.of());
        for (String sender : chat.senders()) {
            Handle handle = handle(sender);
            boolean owner = sender.equals(chat.owner());
            listener.account(handle, handle.kind() == Handle.Kind.ACCOUNT ? sender : null, List.of(), owner);
            if (!owner) {
                listener.conversation(conversation, null, Service.WHATSAPP, chat.group(), List.of(handle));
            }
        }
        try (Lines in = new Lines(archive.open(chat.entry()))) {
            Header header = null;
            StringBuilder rest = new StringBuilder();
            long begin = 0;
            for (String line = in.next(); line != null; line = in.next()) {
                Header next = Header.of(line);
                if (next == null) {
                    if (rest.length() > LONGEST) {
                        throw new SourceException(archive.where(chat.entry()) + ", line " + in.number()
                                + ": this line is longer than any message. Use the unchanged file from the app.");
                    }
                    rest.append('\n').append(line);
                    continue;
                }
                if (header != null) {
                    tell(listener, header, rest.toString(), begin);
                }
                header = next;
                rest.setLength(0);
                rest.append(next.rest());
                begin = in.number();
            }
            if (header != null) {
                tell(listener, header, rest.toString().stripTrailing(), begin);
            }
        }
    }

    private void tell(ExportListener listener, Header header, String rest, long row) throws SourceException {
        Instant at = chat.dates().at(header);
        if (at == null) {
            throw new SourceException(archive.where(chat.entry()) + ", line " + row
                    + ": the time of this message is invalid. Correct or remove the line.");
        }
        String first = rest.lines().findFirst().orElse("");
        Sender sender = Sender.of(first);
        if (sender == null || sender.isGroupItself(chat.name())) {
            happened(listener, header, sender == null ? rest : sender.text(), null, at, row);
            return;
        }
        String raw = sender.text() + rest.substring(first.length());
        Notes.Content content = Notes.read(raw, header.marked());
        if (content.note()) {
            happened(listener, header, raw, sender.name(), at, row);
            return;
        }
        boolean owner = sender.name().equals(chat.owner());
        Draft draft = new Draft(
                        ids.of(chat.name(), sender.name(), Dates.asWritten(header), raw),
                        conversation,
                        Service.WHATSAPP)
                .from(owner ? null : handle(sender.name()))
                .sentAt(at)
                .app(content.app());
        mentions(draft, content.text());
        if (content.deleted()) {
            draft.unsent();
        }
        String file = content.file();
        if (file != null) {
            String name = chat.entry().folder() + file;
            draft.attach(file, name, null, archive.entry(name) == null);
        }
        if (content.omitted()) {
            draft.attach(null, null, null, true);
        }
        listener.event(draft.message(listener.at(row)));
    }

    /** The names of mentioned people are enclosed in invisible marks. */
    private void mentions(Draft draft, String text) {
        StringBuilder plain = new StringBuilder();
        Matcher mention = MENTION.matcher(text);
        while (mention.find()) {
            mention.appendReplacement(plain, "");
            int start = plain.length();
            String name = Sender.plain(mention.group(1));
            plain.append('@').append(name);
            draft.mark(new TextRange(
                    start, plain.length(), TextRange.Kind.MENTION, handle(name).value()));
        }
        mention.appendTail(plain);
        draft.text(plain.toString());
    }

    private void happened(
            ExportListener listener, Header header, String note, @Nullable String by, Instant at, long row) {
        Notes.Happened happened = Notes.happened(note);
        String actor = happened.actor() != null ? happened.actor() : by;
        boolean owner = "You".equals(actor) || actor != null && actor.equals(chat.owner());
        listener.change(
                ids.of(chat.name(), "", Dates.asWritten(header), note),
                conversation,
                happened.kind(),
                actor == null || owner || !chat.senders().contains(actor) ? null : handle(actor),
                owner,
                happened.subject() == null || !chat.senders().contains(happened.subject())
                        ? null
                        : handle(happened.subject()),
                happened.title(),
                at,
                row);
    }

    private Handle handle(String name) {
        Handle handle = asked.normalizer().normalize(name);
        return handle.kind() == Handle.Kind.ACCOUNT ? ImportOptions.account("whatsapp", name) : handle;
    }
}
