package org.avatarengine.source.apps.telegram;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.source.IsoTime;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one {@code result.json}. */
final class TelegramReader {
    /** Telegram began in 2013. */
    private static final Instant FIRST = Instant.parse("2013-01-01T00:00:00Z");

    /** Offsets of time zones are quarters of an hour. */
    private static final int QUARTER = 900;

    private static final int LARGEST_OFFSET = 18 * 3600;

    private final Archive archive;
    private final Archive.Entry file;
    private final ImportOptions asked;
    private final String owner;
    private final Iterator<Chat> chats;
    /** The notices of the service, such as the beginning of a topic. Nobody answers them. */
    private final Set<String> notices = new HashSet<>();

    private long row;

    /**
     * @param owner the owner's id as used in messages, such as {@code user123}; empty when the owner never wrote
     * @param chats the chats of the file, in their order
     */
    TelegramReader(Archive archive, Archive.Entry file, ImportOptions asked, String owner, List<Chat> chats) {
        this.archive = archive;
        this.file = file;
        this.asked = asked;
        this.owner = owner;
        this.chats = chats.iterator();
    }

    void tell(ExportListener listener) throws SourceException, IOException, InterruptedException {
        try (JsonReader in = new JsonReader(archive, file)) {
            in.object(name -> {
                switch (name) {
                    case "personal_information" -> me(in.value(), listener);
                    case "contacts", "chats", "left_chats" ->
                        in.object(inner -> {
                            if (inner.equals("list")) {
                                in.list(() -> item(name, in, listener));
                            } else {
                                in.skip();
                            }
                        });
                    case "messages" -> messages(next(in), in, listener);
                    default -> in.skip();
                }
            });
        }
    }

    private void item(String list, JsonReader in, ExportListener listener)
            throws SourceException, IOException, InterruptedException {
        if (list.equals("contacts")) {
            contact(in.value(), listener);
            return;
        }
        Chat chat = next(in);
        in.object(field -> {
            if (field.equals("messages")) {
                messages(chat, in, listener);
            } else {
                in.skip();
            }
        });
    }

    private Chat next(JsonReader in) throws SourceException {
        if (!chats.hasNext()) {
            throw new SourceException(in.where() + ": the file changed while it was being read.");
        }
        return chats.next();
    }

    private void messages(Chat chat, JsonReader in, ExportListener listener)
            throws SourceException, IOException, InterruptedException {
        introduce(chat, listener);
        in.list(() -> message(chat, in.value(), in, listener));
    }

    private void me(JsonNode node, ExportListener listener) {
        String id = JsonReader.text(node, "user_id");
        if (id != null) {
            listener.account(account("user" + id), Content.name(node), phone(node), true);
        }
    }

    private void contact(JsonNode node, ExportListener listener) {
        String id = JsonReader.text(node, "user_id");
        List<Handle> phone = phone(node);
        if (id != null && !id.equals("0")) {
            listener.account(account("user" + id), Content.name(node), phone, ("user" + id).equals(owner));
        } else if (!phone.isEmpty()) {
            listener.account(phone.getFirst(), Content.name(node), List.of(), false);
        }
    }

    private List<Handle> phone(JsonNode node) {
        String phone = JsonReader.text(node, "phone_number");
        if (phone == null || phone.isBlank()) {
            return List.of();
        }
        String digits = phone.strip();
        // The app writes numbers in international form, with or without the plus sign: 0049 170…, 49170….
        String international = digits.startsWith("+") ? digits : "+" + digits.replaceFirst("^00", "");
        return List.of(asked.normalizer().normalize(international));
    }

    private static Handle account(String id) {
        return ImportOptions.account("telegram", id);
    }

    private void introduce(Chat chat, ExportListener listener) {
        List<Handle> partner = new ArrayList<>();
        if (chat.direct() && !chat.partner().equals(owner)) {
            Handle handle = account(chat.partner());
            listener.account(handle, chat.name(), List.of(), false);
            partner.add(handle);
        }
        listener.conversation(chat.key(), chat.group() ? chat.name() : null, Service.TELEGRAM, chat.group(), partner);
    }

    private @Nullable Handle person(Chat chat, @Nullable String id, @Nullable String name, ExportListener listener) {
        if (id == null || id.equals(owner)) {
            return null;
        }
        Handle handle = account(id);
        // An administrator who writes as the group has its name, but is not the group.
        listener.account(handle, id.equals("channel" + chat.id()) ? null : name, List.of(), false);
        if (chat.group() && id.startsWith("user")) {
            listener.conversation(chat.key(), null, Service.TELEGRAM, true, List.of(handle));
        }
        return handle;
    }

    private void message(Chat chat, JsonNode node, JsonReader in, ExportListener listener) throws SourceException {
        row++;
        String key = chat.key() + ":" + in.required(node, "id");
        Instant at = time(node, in);
        if ("service".equals(JsonReader.text(node, "type"))) {
            service(chat, node, key, at, listener);
            return;
        }
        String from = Peers.of(JsonReader.text(node, "from_id"));
        Handle sender = person(chat, from, JsonReader.text(node, "from"), listener);
        Draft draft = new Draft(key, chat.key(), Service.TELEGRAM)
                .sentAt(at)
                .editedAt(edited(node, in))
                .kind(kind(chat, node, from))
                .replyTo(answered(chat, node))
                .app(Content.app(node));
        if (from == null || !from.equals(owner)) {
            draft.from(sender == null ? account("unknown") : sender);
        } else {
            draft.from(null);
        }
        Content.text(draft, node);
        Content.media(draft, node, archive, file);
        listener.event(draft.message(listener.at(row)));
        for (JsonNode reaction : node.path("reactions")) {
            String emoji = JsonReader.text(reaction, "emoji");
            for (JsonNode one : reaction.path("recent")) {
                String id = Peers.of(JsonReader.text(one, "from_id"));
                if (emoji != null && id != null) {
                    Handle by = person(chat, id, JsonReader.text(one, "from"), listener);
                    listener.reaction(
                            key, chat.key(), by, local(JsonReader.text(one, "date"), zone(node, at)), emoji, row);
                }
            }
        }
    }

    /**
     * How the text came about. A forwarded post, also one that a channel forwards to its discussion group, and what an
     * inline bot returned are others' texts, whoever sent them. Only bots' messages have buttons.
     */
    private MessageKind kind(Chat chat, JsonNode node, @Nullable String from) {
        if (node.has("forwarded_from")
                || node.has("forwarded_from_id")
                || node.has("saved_from")
                || chat.type().equals("replies")) {
            return MessageKind.FORWARDED;
        }
        boolean byOwner = from != null && from.equals(owner);
        boolean made = node.has("via_bot")
                || node.has("inline_bot_buttons")
                || Peers.isService(from)
                || chat.automatic() && !byOwner;
        return made ? MessageKind.APP_MADE : MessageKind.TYPED;
    }

    /** The message that this one answers, which may be in another chat, where messages have the same numbers. */
    private @Nullable String answered(Chat chat, JsonNode node) {
        String reply = JsonReader.text(node, "reply_to_message_id");
        String peer = JsonReader.text(node, "reply_to_peer_id");
        String conversation = peer == null ? chat.key() : Peers.conversation(peer);
        if (reply == null || conversation == null) {
            return null;
        }
        String id = conversation + ":" + reply;
        return notices.contains(id) ? null : id;
    }

    /** Old exports give the beginning of 1970 for messages that were never edited. */
    private @Nullable Instant edited(JsonNode node, JsonReader in) throws SourceException {
        Instant at = in.since1970(node, "edited_unixtime", 1);
        Instant edited = at != null ? at : local(JsonReader.text(node, "edited"), asked.zone());
        return edited == null || edited.isBefore(FIRST) ? null : edited;
    }

    private @Nullable Instant time(JsonNode node, JsonReader in) throws SourceException {
        Instant at = in.since1970(node, "date_unixtime", 1);
        // Exports from before 2022 contain only the local time.
        return at != null ? at : local(JsonReader.text(node, "date"), asked.zone());
    }

    /** The zone of the computer that exported the message, if it has its time in both forms. */
    private ZoneId zone(JsonNode node, @Nullable Instant at) {
        Instant written = local(JsonReader.text(node, "date"), ZoneOffset.UTC);
        long seconds = at == null || written == null ? 1 : written.getEpochSecond() - at.getEpochSecond();
        return node.has("date_unixtime") && seconds % QUARTER == 0 && Math.abs(seconds) <= LARGEST_OFFSET
                ? ZoneOffset.ofTotalSeconds(Math.toIntExact(seconds))
                : asked.zone();
    }

    private static @Nullable Instant local(@Nullable String date, ZoneId zone) {
        try {
            return date == null ? null : IsoTime.read(date, zone);
        } catch (java.time.DateTimeException e) {
            return null; // imported without a time; a diagnosis counts it
        }
    }

    private void service(Chat chat, JsonNode node, String key, @Nullable Instant at, ExportListener listener) {
        notices.add(key);
        String action = node.path("action").asString("");
        GroupChange.Kind kind = switch (action) {
            case "invite_members", "join_group_by_link", "join_group_by_request" -> GroupChange.Kind.MEMBER_ADDED;
            case "remove_members" -> GroupChange.Kind.MEMBER_REMOVED;
            case "create_group", "create_channel", "edit_group_title" -> GroupChange.Kind.RENAMED;
            case "edit_group_photo" -> GroupChange.Kind.PHOTO_CHANGED;
            case "delete_group_photo" -> GroupChange.Kind.PHOTO_REMOVED;
            default -> GroupChange.Kind.UNKNOWN;
        };
        String actor = Peers.of(JsonReader.text(node, "actor_id"));
        String title = JsonReader.text(node, "title");
        listener.change(
                key,
                chat.key(),
                kind,
                person(chat, actor, JsonReader.text(node, "actor"), listener),
                owner.equals(actor),
                null,
                title != null ? title : kind == GroupChange.Kind.UNKNOWN ? action : null,
                at,
                row);
    }
}
