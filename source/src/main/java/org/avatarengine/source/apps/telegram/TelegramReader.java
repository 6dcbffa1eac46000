package org.avatarengine.source.apps.telegram;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
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
    private final Archive archive;
    private final Archive.Entry file;
    private final ImportOptions asked;
    private final String owner;
    private long row;

    /** @param owner the owner's id as used in messages, such as {@code user123}; empty when the owner never wrote */
    TelegramReader(Archive archive, Archive.Entry file, ImportOptions asked, String owner) {
        this.archive = archive;
        this.file = file;
        this.asked = asked;
        this.owner = owner;
    }

    /** A chat while its fields are read. The messages come last. */
    private static final class Chat {
        private @Nullable String name;
        private String type = "";
        private String id = "";

        boolean group() {
            return !type.equals("personal_chat") && !type.equals("bot_chat") && !type.equals("saved_messages");
        }

        String key() {
            return "telegram:" + (group() ? "group" : "user") + id;
        }
    }

    void tell(ExportListener listener) throws SourceException, IOException, InterruptedException {
        try (JsonReader in = new JsonReader(archive, file)) {
            Chat alone = new Chat();
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
                    default -> field(alone, name, in, listener);
                }
            });
        }
    }

    private void item(String list, JsonReader in, ExportListener listener)
            throws SourceException, IOException, InterruptedException {
        if (list.equals("contacts")) {
            contact(in.value(), listener);
        } else {
            Chat chat = new Chat();
            in.object(name -> field(chat, name, in, listener));
        }
    }

    private void field(Chat chat, String name, JsonReader in, ExportListener listener)
            throws SourceException, IOException, InterruptedException {
        switch (name) {
            case "name" -> {
                JsonNode value = in.value();
                chat.name = value.isNull() ? null : value.asString();
            }
            case "type" -> chat.type = in.value().asString();
            case "id" -> chat.id = in.value().asString();
            case "messages" -> {
                introduce(chat, listener);
                in.list(() -> message(chat, in.value(), in, listener));
            }
            default -> in.skip();
        }
    }

    private void me(JsonNode node, ExportListener listener) {
        String id = JsonReader.text(node, "user_id");
        if (id != null) {
            listener.account(account("user" + id), name(node), phone(node), true);
        }
    }

    private void contact(JsonNode node, ExportListener listener) {
        String id = JsonReader.text(node, "user_id");
        List<Handle> phone = phone(node);
        if (id != null && !id.equals("0")) {
            listener.account(account("user" + id), name(node), phone, ("user" + id).equals(owner));
        } else if (!phone.isEmpty()) {
            listener.account(phone.getFirst(), name(node), List.of(), false);
        }
    }

    private static @Nullable String name(JsonNode node) {
        String name = Stream.of(JsonReader.text(node, "first_name"), JsonReader.text(node, "last_name"))
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return name.isEmpty() ? null : name;
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
        if (!chat.group() && !chat.type.equals("saved_messages")) {
            Handle handle = account("user" + chat.id);
            listener.account(handle, chat.name, List.of(), false);
            partner.add(handle);
        }
        listener.conversation(chat.key(), chat.group() ? chat.name : null, Service.TELEGRAM, chat.group(), partner);
    }

    private @Nullable Handle person(Chat chat, @Nullable String id, @Nullable String name, ExportListener listener) {
        if (id == null || id.equals(owner)) {
            return null;
        }
        Handle handle = account(id);
        listener.account(handle, name, List.of(), false);
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
        String from = JsonReader.text(node, "from_id");
        Handle sender = person(chat, from, JsonReader.text(node, "from"), listener);
        String reply = JsonReader.text(node, "reply_to_message_id");
        Draft draft = new Draft(key, chat.key(), Service.TELEGRAM)
                .sentAt(at)
                .editedAt(in.since1970(node, "edited_unixtime", 1))
                .replyTo(reply == null ? null : key.substring(0, key.lastIndexOf(':') + 1) + reply)
                .app(app(node));
        if (from == null || !from.equals(owner)) {
            draft.from(sender == null ? account("unknown") : sender);
        } else {
            draft.from(null);
        }
        text(draft, node.path("text"));
        media(draft, node);
        listener.event(draft.message(listener.at(row)));
        for (JsonNode reaction : node.path("reactions")) {
            String emoji = JsonReader.text(reaction, "emoji");
            for (JsonNode one : reaction.path("recent")) {
                String id = JsonReader.text(one, "from_id");
                if (emoji != null && id != null) {
                    Handle by = person(chat, id, JsonReader.text(one, "from"), listener);
                    listener.reaction(key, chat.key(), by, local(JsonReader.text(one, "date")), emoji, row);
                }
            }
        }
    }

    private @Nullable Instant time(JsonNode node, JsonReader in) throws SourceException {
        Instant at = in.since1970(node, "date_unixtime", 1);
        // Exports from before 2022 contain only the local time.
        return at != null ? at : local(JsonReader.text(node, "date"));
    }

    private @Nullable Instant local(@Nullable String date) {
        try {
            return date == null ? null : IsoTime.read(date, asked.zone());
        } catch (java.time.DateTimeException e) {
            return null; // imported without a time; a diagnosis counts it
        }
    }

    /** A text is a string, or a list of strings and marked pieces. */
    private static void text(Draft draft, JsonNode text) {
        if (!text.isArray()) {
            draft.text(text.isValueNode() && !text.isNull() ? text.asString() : "");
            return;
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode piece : text) {
            int start = all.length();
            all.append(piece.isObject() ? piece.path("text").asString("") : piece.asString(""));
            String type = piece.path("type").asString("");
            TextRange.Kind kind = switch (type) {
                case "mention", "mention_name" -> TextRange.Kind.MENTION;
                case "link", "text_link" -> TextRange.Kind.LINK;
                case "bold", "italic", "underline", "strikethrough" -> TextRange.Kind.STYLE;
                default -> null;
            };
            if (kind == TextRange.Kind.MENTION && piece.path("user_id").isNumber()) {
                String id = account("user" + piece.path("user_id").asString()).value();
                draft.mark(new TextRange(start, all.length(), kind, id));
            } else if (kind == TextRange.Kind.LINK) {
                String href = piece.path("href").asString(piece.path("text").asString(""));
                draft.mark(new TextRange(start, all.length(), kind, href));
            } else if (kind == TextRange.Kind.STYLE) {
                draft.mark(new TextRange(start, all.length(), kind, type));
            }
        }
        draft.text(all.toString());
    }

    private void media(Draft draft, JsonNode node) {
        for (String field : List.of("photo", "file")) {
            String path = JsonReader.text(node, field);
            if (path == null) {
                continue;
            }
            boolean left = path.startsWith("(");
            String name = JsonReader.text(node, "file_name");
            String inside = file.folder() + path;
            draft.attach(
                    name != null ? name : left ? null : path.substring(path.lastIndexOf('/') + 1),
                    left ? null : inside,
                    field.equals("photo") ? "image/jpeg" : JsonReader.text(node, "mime_type"),
                    null,
                    "sticker".equals(JsonReader.text(node, "media_type")),
                    left || archive.entry(inside) == null);
        }
    }

    private static @Nullable AppContent app(JsonNode node) {
        JsonNode poll = node.path("poll");
        if (poll.isObject()) {
            List<AppContent.Option> options = new ArrayList<>();
            for (JsonNode answer : poll.path("answers")) {
                options.add(new AppContent.Option(
                        String.valueOf(options.size() + 1), JsonReader.text(answer, "text"), null));
            }
            return content(AppContent.Kind.POLL, JsonReader.text(poll, "question"), null, options);
        }
        JsonNode place = node.path("location_information");
        if (place.isObject()) {
            String url = "geo:" + place.path("latitude").asString("") + ","
                    + place.path("longitude").asString("");
            String name = JsonReader.text(node, "place_name");
            return content(AppContent.Kind.PLACE, name, url, List.of());
        }
        return null;
    }

    private static AppContent content(
            AppContent.Kind kind, @Nullable String title, @Nullable String url, List<AppContent.Option> options) {
        return new AppContent(
                kind, "telegram", "Telegram", title, null, url, null, null, null, null, options, null, null);
    }

    private void service(Chat chat, JsonNode node, String key, @Nullable Instant at, ExportListener listener) {
        String action = node.path("action").asString("");
        GroupChange.Kind kind = switch (action) {
            case "invite_members", "join_group_by_link", "join_group_by_request" -> GroupChange.Kind.MEMBER_ADDED;
            case "remove_members" -> GroupChange.Kind.MEMBER_REMOVED;
            case "create_group", "create_channel", "edit_group_title" -> GroupChange.Kind.RENAMED;
            case "edit_group_photo" -> GroupChange.Kind.PHOTO_CHANGED;
            case "delete_group_photo" -> GroupChange.Kind.PHOTO_REMOVED;
            default -> GroupChange.Kind.UNKNOWN;
        };
        String actor = JsonReader.text(node, "actor_id");
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
