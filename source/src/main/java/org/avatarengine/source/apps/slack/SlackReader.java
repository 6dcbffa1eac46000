package org.avatarengine.source.apps.slack;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.Media;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the files of a workspace, one per day. A message's time, in microseconds, identifies it within its channel. */
final class SlackReader {
    private static final Pattern CHANNEL_ID = Pattern.compile("[CDG][A-Z0-9]{6,}");

    private final Archive archive;
    private final Map<String, Slack.User> users;
    private final Map<String, Slack.Channel> channels;
    private final String owner;
    private final Map<String, String> names = new HashMap<>();
    private String folder = "";
    private long row;

    /** @param channels the channels by folder */
    SlackReader(Archive archive, Map<String, Slack.User> users, Map<String, Slack.Channel> channels, String owner) {
        this.archive = archive;
        this.users = users;
        this.channels = channels;
        this.owner = owner;
        users.values().forEach(user -> names.put(user.id(), user.name()));
    }

    void introduce(ExportListener listener, HandleNormalizer normalizer) {
        for (Slack.User user : users.values()) {
            List<Handle> also = new ArrayList<>();
            for (String address : new String[] {user.email(), user.phone()}) {
                if (address != null && !address.isBlank()) {
                    Handle handle = normalizer.normalize(address);
                    if (handle.kind() == Handle.Kind.EMAIL || handle.kind() == Handle.Kind.PHONE) {
                        also.add(handle);
                    }
                }
            }
            listener.account(account(user.id()), user.name(), also, user.id().equals(owner));
        }
        for (Slack.Channel channel : channels.values()) {
            List<Handle> others = channel.members().stream()
                    .filter(member -> !member.equals(owner))
                    .map(SlackReader::account)
                    .toList();
            listener.conversation("slack:" + channel.id(), channel.name(), Service.SLACK, !channel.direct(), others);
        }
    }

    private static Handle account(String id) {
        return ImportOptions.account("slack", id);
    }

    void tell(Archive.Entry day, ExportListener listener) throws SourceException, IOException, InterruptedException {
        folder = day.folder();
        String name = day.folderName();
        Slack.Channel channel = channels.get(folder);
        String id = channel == null ? unlisted(name) : channel.id();
        boolean group = channel == null || !channel.direct();
        if (channel == null) {
            listener.conversation("slack:" + id, name, Service.SLACK, true, List.of());
        }
        try (JsonReader in = new JsonReader(archive, day)) {
            in.list(() -> message("slack:" + id, group, in.value(), in, listener));
        }
    }

    /** An identifier for a folder that no list names. Each workspace may have a channel called "general". */
    private String unlisted(String name) {
        if (CHANNEL_ID.matcher(name).matches()) {
            return name;
        }
        return users.values().stream()
                .map(Slack.User::team)
                .filter(Objects::nonNull)
                .findFirst()
                .map(team -> team + "/" + name)
                .orElse(name);
    }

    private @Nullable Handle person(
            String conversation, boolean group, @Nullable String id, @Nullable String name, ExportListener listener) {
        if (owner.equals(id)) {
            return null;
        }
        Handle handle = account(id == null ? "unknown" : id);
        listener.account(handle, name, List.of(), false);
        listener.conversation(conversation, null, Service.SLACK, group, List.of(handle));
        return handle;
    }

    private void message(String conversation, boolean group, JsonNode node, JsonReader in, ExportListener listener)
            throws SourceException {
        row++;
        String ts = in.required(node, "ts");
        String id = conversation + ":" + ts;
        Instant at = in.since1970(node, "ts", 1);
        String author = Lines.author(node);
        String name = JsonReader.text(node, "username");
        String shown = name != null ? name : JsonReader.text(node.path("user_profile"), "real_name");
        Handle sender =
                person(conversation, group, author, names.getOrDefault(String.valueOf(author), shown), listener);
        String subtype = node.path("subtype").asString("");
        if (subtype.startsWith("channel_") || subtype.startsWith("group_")) {
            changed(conversation, id, subtype, node, sender, at, listener);
            return;
        }
        Slack.User user = users.get(String.valueOf(author));
        Draft draft = new Draft(id, conversation, Service.SLACK)
                .from(sender)
                .sentAt(at)
                .editedAt(in.since1970(node.path("edited"), "ts", 1))
                .kind(Lines.kind(node, user != null && user.bot()));
        Lines.read(node, names, draft);
        String thread = JsonReader.text(node, "thread_ts");
        draft.replyTo(thread == null || thread.equals(ts) ? null : conversation + ":" + thread);
        if (subtype.equals("tombstone")) {
            draft.unsent().text("");
        }
        files(draft, node, folder);
        listener.event(draft.message(listener.at(row)));
        for (JsonNode reaction : node.path("reactions")) {
            String alias = reaction.path("name").asString("").replaceFirst("::.*", "");
            for (JsonNode by : reaction.path("users")) {
                Handle reactor = person(conversation, group, by.asString(""), names.get(by.asString("")), listener);
                listener.reaction(id, conversation, reactor, null, Markup.emoji(alias, ":" + alias + ":"), row);
            }
        }
    }

    /** Slack's own exports contain only the addresses of files; other tools add the files, in one of two layouts. */
    private void files(Draft draft, JsonNode node, String folder) {
        List<JsonNode> files = new ArrayList<>();
        node.path("files").forEach(files::add);
        if (node.path("file").isObject()) {
            files.add(node.path("file")); // until 2018
        }
        for (JsonNode attachment : node.path("attachments")) {
            attachment.path("files").forEach(files::add);
        }
        for (JsonNode file : files) {
            String id = file.path("id").asString("");
            String name = JsonReader.text(file, "name");
            String url = JsonReader.text(file, "url_private");
            String found = null;
            for (String place : new String[] {
                url, "attachments/" + id + "-" + name, "__uploads/" + id + "/" + name, "files/" + id + "-" + name
            }) {
                found = found == null ? Media.find(archive, folder, place) : found;
            }
            String mode = file.path("mode").asString("");
            boolean gone = mode.equals("tombstone") || mode.equals("hidden_by_limit");
            JsonNode bytes = file.path("size");
            draft.attach(
                    name,
                    found != null ? found : url,
                    JsonReader.text(file, "mimetype"),
                    bytes.isNumber() ? bytes.asLong() : null,
                    false,
                    found != null ? Boolean.FALSE : gone ? Boolean.TRUE : null);
        }
    }

    private void changed(
            String conversation,
            String id,
            String subtype,
            JsonNode node,
            @Nullable Handle sender,
            @Nullable Instant at,
            ExportListener listener) {
        String what = subtype.substring(subtype.indexOf('_') + 1);
        GroupChange.Kind kind = switch (what) {
            case "join" -> GroupChange.Kind.MEMBER_ADDED;
            case "leave" -> GroupChange.Kind.MEMBER_LEFT;
            case "name" -> GroupChange.Kind.RENAMED;
            default -> GroupChange.Kind.UNKNOWN;
        };
        String title = kind == GroupChange.Kind.RENAMED ? JsonReader.text(node, "name") : null;
        Draft line = new Draft(id, conversation, Service.SLACK);
        Markup.read(node.path("text").asString(""), names, line);
        listener.change(
                id,
                conversation,
                kind,
                sender,
                sender == null,
                kind == GroupChange.Kind.MEMBER_ADDED || kind == GroupChange.Kind.MEMBER_LEFT ? sender : null,
                kind != GroupChange.Kind.UNKNOWN ? title : line.text().isBlank() ? subtype : line.text(),
                at,
                row);
    }
}
