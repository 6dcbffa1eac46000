package org.avatarengine.source.apps.whatsapp;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

/**
 * Reads one chat. WhatsApp's messages have no identifiers, so sender, text, the time as written in the file and the
 * {@link Contexts place} in the chat identify them, and identical messages are numbered. A later export of the same chat
 * therefore adds only new messages, also on a computer in another time zone or when the order of day and month is
 * recognized only then.
 */
final class ChatReader {
    private static final Pattern MENTION = Pattern.compile("@\u2068([^\u2069]{1,80})\u2069");

    /** WhatsApp writes numbers with their country code. A contact may be called "." or "007". */
    private static final Pattern NUMBER = Pattern.compile("\\+(?:\\P{Nd}*\\p{Nd}){6,}\\P{Nd}*");

    private final Archive archive;
    private final Chat chat;
    private final ImportOptions asked;
    private final Contexts contexts;
    private final ContentIds ids = new ContentIds("whatsapp");
    private final FormerIds formerIds;

    ChatReader(Archive archive, Chat chat, ImportOptions asked) {
        this.archive = archive;
        this.chat = chat;
        this.asked = asked;
        this.contexts = new Contexts(chat.firstContext());
        this.formerIds = new FormerIds(archive, chat.file());
    }

    void tell(ExportListener listener) throws IOException, SourceException {
        listener.conversation(chat.id(), chat.name(), Service.WHATSAPP, chat.group(), List.of(), chat.aliases());
        for (String person : chat.people()) {
            Handle handle = handle(person);
            boolean owner = person.equals(chat.owner());
            listener.account(handle, handle.kind() == Handle.Kind.ACCOUNT ? person : null, List.of(), owner);
            if (!owner) {
                listener.conversation(chat.id(), null, Service.WHATSAPP, chat.group(), List.of(handle));
            }
        }
        try (Entries in = new Entries(archive, chat.file(), chat.dates())) {
            for (Entries.Entry entry = in.next(); entry != null; entry = in.next()) {
                tell(listener, Said.of(entry, this::isThere));
            }
        }
    }

    private boolean isThere(String file) {
        return archive.has(chat.file().folder() + file);
    }

    private void tell(ExportListener listener, Said said) throws SourceException {
        long row = said.entry().row();
        Instant at = chat.dates().at(said.entry().header());
        if (at == null) {
            throw new SourceException(archive.where(chat.file()) + ", line " + row
                    + ": the time of this message is invalid. Correct or remove the line.");
        }
        String by = said.by();
        List<String> former = formerIds.of(said, this::isThere);
        if (by == null || !said.isMessage() || !chat.people().contains(by)) {
            happened(listener, said, former, at, row);
            return;
        }
        Notes.Content content = said.content();
        boolean owner = by.equals(chat.owner());
        String id = ids.of(by, said.minute(), content.key(), contexts.of(by, said.minute()));
        listener.formerly(id, former);
        Draft draft = new Draft(id, chat.id(), Service.WHATSAPP)
                .from(owner ? null : handle(by))
                .sentAt(at)
                .kind(content.kind())
                .app(content.app());
        text(draft, content.text());
        if (content.deleted()) {
            draft.unsent();
        }
        if (content.edited()) {
            draft.wording(null, draft.text()); // WhatsApp does not say when, nor what was there before
        }
        attach(draft, content);
        listener.event(draft.message(listener.at(row)));
    }

    private void attach(Draft draft, Notes.Content content) {
        String file = content.file();
        if (file != null) {
            String path = archive.path(chat.file().folder() + file);
            String name = content.title() == null ? file : content.title();
            String upper = file.toUpperCase(Locale.ROOT);
            boolean sticker = upper.startsWith("STK-") || upper.contains("-STICKER-");
            draft.attach(name, path == null ? chat.file().folder() + file : path, null, null, sticker, path == null);
        } else if (content.omitted()) {
            draft.attach(content.title(), null, null, true);
        }
    }

    /** The names of mentioned people are enclosed in invisible marks. */
    private void text(Draft draft, String text) {
        StringBuilder plain = new StringBuilder();
        Matcher mention = MENTION.matcher(text);
        while (mention.find()) {
            mention.appendReplacement(plain, "");
            int start = plain.length();
            String name = Sender.plain(mention.group(1));
            plain.append('@').append(name);
            draft.mark(new TextRange(
                    start,
                    plain.length(),
                    TextRange.Kind.MENTION,
                    handle(person(name)).value()));
        }
        mention.appendTail(plain);
        String whole = plain.toString();
        int pasted = Pasted.begin(whole);
        if (pasted >= 0) {
            draft.mark(new TextRange(pasted, whole.length(), TextRange.Kind.QUOTED, null));
        }
        draft.text(whole);
    }

    /** A mention of somebody who is not in the owner's contacts may lack the mark of such names. */
    private String person(String mentioned) {
        boolean marked = !chat.people().contains(mentioned) && chat.people().contains("~ " + mentioned);
        return marked ? "~ " + mentioned : mentioned;
    }

    private void happened(ExportListener listener, Said said, List<String> former, Instant at, long row) {
        GroupNotes.Happened happened = GroupNotes.read(said.raw());
        String by = said.by() == null || said.by().equals(chat.room()) ? null : said.by();
        String actor = happened.actor() != null ? happened.actor() : happened.byOwner() || happened.known() ? null : by;
        boolean owner = happened.byOwner() || actor != null && actor.equals(chat.owner());
        String subject = happened.toOwner() ? chat.owner() : happened.subject();
        String id = ids.of("", said.minute(), said.raw(), chat.id());
        listener.formerly(id, former);
        listener.change(
                id,
                chat.id(),
                happened.kind(),
                actor == null || owner || !chat.people().contains(actor) ? null : handle(actor),
                owner,
                subject == null || !chat.people().contains(subject) ? null : handle(subject),
                happened.title(),
                at,
                row);
    }

    /**
     * A number, or a name. A name that somebody chose for themselves stands for them only in this chat: in another, it
     * may be another person's.
     */
    private Handle handle(String name) {
        if (NUMBER.matcher(name).matches()) {
            Handle handle = asked.normalizer().normalize(name);
            if (handle.kind() == Handle.Kind.PHONE) {
                return handle;
            }
        }
        Handle handle = ImportOptions.named("whatsapp", name);
        return Sender.isSelfChosen(name)
                ? new Handle(
                        handle.value() + " in " + chat.id().substring(chat.id().length() - 8),
                        handle.kind(),
                        handle.raw(),
                        null)
                : handle;
    }
}
