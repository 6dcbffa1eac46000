package org.avatarengine.source.apps.discord;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.OwnerChoice;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One channel in the format of DiscordChatExporter. */
final class Channel {
    private final Archive archive;
    private final Archive.Entry file;
    private final Set<String> writers = new TreeSet<>();
    private final Set<String> partners = new TreeSet<>();
    private @Nullable JsonNode channel;
    private @Nullable String guild;
    private long row;

    Channel(Archive archive, Archive.Entry file) {
        this.archive = archive;
        this.file = file;
    }

    /** Reads what is needed to find the owner: the channel and its people. The channel may come after the messages. */
    void survey(OwnerChoice people) throws SourceException, IOException, InterruptedException {
        try (JsonReader in = new JsonReader(archive, file)) {
            in.object(name -> {
                switch (name) {
                    case "guild" -> guild = JsonReader.text(in.value(), "name");
                    case "channel" -> channel = in.value();
                    case "messages" -> in.list(() -> writer(in.value(), people));
                    default -> in.skip();
                }
            });
        }
        String partner = channel == null ? null : JsonReader.text(channel, "name");
        if (partner == null || !direct()) {
            partners.clear();
        } else {
            partners.removeIf(one -> !one.endsWith("\0" + partner));
        }
    }

    private void writer(JsonNode message, OwnerChoice people) {
        JsonNode author = message.path("author");
        String id = JsonReader.text(author, "id");
        if (id != null && !Kinds.isBot(message)) {
            people.saw(id, shown(author), JsonReader.text(author, "name"));
            writers.add(id);
            partners.add(id + "\0" + shown(author));
            partners.add(id + "\0" + author.path("name").asString(""));
        }
    }

    /** The owner, in a chat of two the one it is not named after; empty if they never wrote; null when unknown. */
    @Nullable
    String owner() {
        Set<String> named = new TreeSet<>();
        partners.forEach(one -> named.add(one.substring(0, one.indexOf('\0'))));
        if (named.size() != 1) {
            return null; // also when both have the same name
        }
        List<String> others = writers.stream().filter(id -> !named.contains(id)).toList();
        return others.size() > 1 ? null : others.isEmpty() ? "" : others.getFirst();
    }

    String where() {
        return archive.where(file);
    }

    void tell(String owner, ExportListener listener) throws SourceException, IOException, InterruptedException {
        try (JsonReader in = new JsonReader(archive, file)) {
            in.object(name -> {
                if (name.equals("messages")) {
                    in.list(() -> message(in.value(), in, owner, listener));
                } else {
                    in.skip();
                }
            });
        }
    }

    static String shown(JsonNode author) {
        String nickname = JsonReader.text(author, "nickname");
        return nickname != null && !nickname.isBlank()
                ? nickname
                : author.path("name").asString("");
    }

    private boolean direct() {
        String type = channel == null ? "" : channel.path("type").asString("");
        return type.contains("DirectTextChat") || type.equals("DM") || type.equals("1");
    }

    private String conversation(JsonReader in) throws SourceException {
        JsonNode about = channel;
        if (about == null) {
            throw new SourceException(in.where() + ": the file has no field \"channel\".");
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
            String name = JsonReader.text(Objects.requireNonNull(channel), "name");
            String title =
                    direct() ? null : guild == null || guild.equals("Direct Messages") ? name : guild + " #" + name;
            listener.conversation(conversation, title, Service.DISCORD, !direct(), List.of());
        }
        String id = "discord:" + in.required(node, "id");
        Handle sender = person(node.path("author"), conversation, owner, listener);
        Kinds kind = Kinds.of(node.path("type").asString("Default"));
        if (kind == Kinds.NOTICE || kind.change() != GroupChange.Kind.UNKNOWN) {
            changed(node, in, conversation, id, kind, sender, listener);
            return;
        }
        boolean forwards = Content.forwards(node);
        String answered = forwards ? null : JsonReader.text(node.path("reference"), "messageId");
        Draft draft = new Draft(id, conversation, Service.DISCORD)
                .from(sender)
                .sentAt(in.iso(node, "timestamp"))
                .editedAt(in.iso(node, "timestampEdited"))
                .kind(kind(node, kind))
                .replyTo(answered == null ? null : "discord:" + answered);
        new Content(archive, file, node).fill(draft);
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

    private static MessageKind kind(JsonNode node, Kinds kind) {
        return switch (kind) {
            // The answer to a command and what a webhook posts are a program's text, whoever is named as the author.
            case COMMAND -> MessageKind.APP_MADE;
            case THREAD_STARTER -> MessageKind.QUOTED;
            default -> Kinds.isBot(node) ? MessageKind.APP_MADE : MessageKind.TYPED;
        };
    }

    private void changed(
            JsonNode node,
            JsonReader in,
            String conversation,
            String id,
            Kinds kind,
            @Nullable Handle sender,
            ExportListener listener)
            throws SourceException {
        String content = JsonReader.text(node, "content");
        String text = content == null || content.isBlank() ? Content.embedded(node.path("embeds")) : content;
        listener.change(
                id,
                conversation,
                kind.change(),
                sender,
                sender == null,
                null,
                text.isBlank() ? node.path("type").asString("") : text,
                in.iso(node, "timestamp"),
                row);
    }
}
