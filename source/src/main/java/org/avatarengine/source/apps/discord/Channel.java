package org.avatarengine.source.apps.discord;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One channel in the format of DiscordChatExporter. */
final class Channel {
    private final Archive archive;
    private final Archive.Entry file;
    private final ImportOptions asked;
    private @Nullable JsonNode channel;
    private @Nullable String guild;
    private long row;

    Channel(Archive archive, Archive.Entry file, ImportOptions asked) {
        this.archive = archive;
        this.file = file;
        this.asked = asked;
    }

    void tell(ExportListener listener) throws SourceException, IOException, InterruptedException {
        String owner = owner();
        try (JsonReader in = new JsonReader(archive, file)) {
            in.object(name -> {
                switch (name) {
                    case "guild" -> guild = JsonReader.text(in.value(), "name");
                    case "channel" -> channel = in.value();
                    case "messages" -> in.list(() -> message(in.value(), in, owner, listener));
                    default -> in.skip();
                }
            });
        }
    }

    /** The owner's id. */
    private String owner() throws SourceException, IOException, InterruptedException {
        Map<String, String> names = new LinkedHashMap<>();
        String[] found = {null};
        try (JsonReader in = new JsonReader(archive, file)) {
            in.object(name -> {
                switch (name) {
                    case "channel" -> channel = in.value();
                    case "messages" ->
                        in.list(() -> {
                            JsonNode author = in.value().path("author");
                            String id = JsonReader.text(author, "id");
                            if (id != null) {
                                names.put(id, shown(author));
                                boolean me = asked.isMe(id)
                                        || asked.isMe(JsonReader.text(author, "name"))
                                        || asked.isMe(JsonReader.text(author, "nickname"));
                                found[0] = found[0] == null && me ? id : found[0];
                            }
                        });
                    default -> in.skip();
                }
            });
        }
        if (found[0] != null) {
            return found[0];
        }
        if (asked.me() != null) {
            return ""; // the owner never wrote here
        }
        String partner = channel == null ? null : JsonReader.text(channel, "name");
        List<String> others = names.entrySet().stream()
                .filter(e -> !e.getValue().equals(partner))
                .map(Map.Entry::getKey)
                .toList();
        if (direct() && names.containsValue(String.valueOf(partner)) && others.size() <= 1) {
            return others.isEmpty() ? "" : others.getFirst();
        }
        throw ImportOptions.whoAreYou(archive.where(file), names.values());
    }

    private static String shown(JsonNode author) {
        String nickname = JsonReader.text(author, "nickname");
        return nickname != null && !nickname.isBlank()
                ? nickname
                : author.path("name").asString("");
    }

    private boolean direct() {
        return channel != null && channel.path("type").asString("").contains("DirectTextChat");
    }

    private String conversation(JsonReader in) throws SourceException {
        JsonNode about = channel;
        if (about == null) {
            throw new SourceException(in.where() + ": the messages come before the field \"channel\".");
        }
        return "discord:" + in.required(about, "id");
    }

    private @Nullable Handle person(JsonNode user, String conversation, String owner, ExportListener listener) {
        String id = JsonReader.text(user, "id");
        Handle handle = ImportOptions.account("discord", id == null ? "unknown" : id);
        listener.account(handle, shown(user), List.of(), owner.equals(id));
        if (owner.equals(id)) {
            return null;
        }
        listener.conversation(conversation, null, Service.DISCORD, !direct(), List.of(handle));
        return handle;
    }

    private void message(JsonNode node, JsonReader in, String owner, ExportListener listener) throws SourceException {
        row++;
        String conversation = conversation(in);
        if (row == 1) {
            String name = JsonReader.text(java.util.Objects.requireNonNull(channel), "name");
            String title =
                    direct() ? null : guild == null || guild.equals("Direct Messages") ? name : guild + " #" + name;
            listener.conversation(conversation, title, Service.DISCORD, !direct(), List.of());
        }
        String id = "discord:" + in.required(node, "id");
        Handle sender = person(node.path("author"), conversation, owner, listener);
        String type = node.path("type").asString("Default");
        if (!type.equals("Default") && !type.equals("Reply") && !type.equals("ThreadStarterMessage")) {
            changed(node, in, conversation, id, type, sender, listener);
            return;
        }
        Draft draft = new Draft(id, conversation, Service.DISCORD)
                .from(sender)
                .sentAt(in.iso(node, "timestamp"))
                .editedAt(in.iso(node, "timestampEdited"))
                .text(JsonReader.text(node, "content"));
        String answered = JsonReader.text(node.path("reference"), "messageId");
        draft.replyTo(answered == null ? null : "discord:" + answered);
        mentions(draft, node.path("mentions"));
        for (JsonNode attachment : node.path("attachments")) {
            JsonNode bytes = attachment.path("fileSizeBytes");
            draft.attach(
                    JsonReader.text(attachment, "fileName"),
                    JsonReader.text(attachment, "url"),
                    null,
                    bytes.isNumber() ? bytes.asLong() : null,
                    false,
                    null);
        }
        for (JsonNode sticker : node.path("stickers")) {
            draft.attach(
                    JsonReader.text(sticker, "name"), JsonReader.text(sticker, "sourceUrl"), null, null, true, null);
        }
        listener.event(draft.message(listener.at(row)));
        for (JsonNode reaction : node.path("reactions")) {
            String emoji = JsonReader.text(reaction.path("emoji"), "name");
            for (JsonNode user : reaction.path("users")) {
                if (emoji != null) {
                    listener.reaction(id, conversation, person(user, conversation, owner, listener), null, emoji, row);
                }
            }
        }
    }

    private static void mentions(Draft draft, JsonNode mentions) {
        for (JsonNode user : mentions) {
            String id = JsonReader.text(user, "id");
            for (String name : List.of(shown(user), user.path("name").asString(""))) {
                int start = name.isEmpty() ? -1 : draft.text().indexOf("@" + name);
                if (id != null && start >= 0) {
                    draft.mark(new TextRange(
                            start,
                            start + 1 + name.length(),
                            TextRange.Kind.MENTION,
                            ImportOptions.account("discord", id).value()));
                    break;
                }
            }
        }
    }

    private void changed(
            JsonNode node,
            JsonReader in,
            String conversation,
            String id,
            String type,
            @Nullable Handle sender,
            ExportListener listener)
            throws SourceException {
        GroupChange.Kind kind = switch (type) {
            case "RecipientAdd", "GuildMemberJoin" -> GroupChange.Kind.MEMBER_ADDED;
            case "RecipientRemove" -> GroupChange.Kind.MEMBER_REMOVED;
            case "ChannelNameChange" -> GroupChange.Kind.RENAMED;
            case "ChannelIconChange" -> GroupChange.Kind.PHOTO_CHANGED;
            default -> GroupChange.Kind.UNKNOWN;
        };
        listener.change(
                id,
                conversation,
                kind,
                sender,
                sender == null,
                null,
                JsonReader.text(node, "content"),
                in.iso(node, "timestamp"),
                row);
    }
}
