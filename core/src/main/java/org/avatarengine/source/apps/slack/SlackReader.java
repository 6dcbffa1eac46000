package org.avatarengine.source.apps.slack;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.Asked;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.Telling;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells the days of a workspace. A message's time to the microsecond identifies it within its channel. */
final class SlackReader {
    private final Archive archive;
    private final Map<String, Slack.User> users;
    private final Map<String, Slack.Channel> channels;
    private final String owner;
    private final Map<String, String> names = new HashMap<>();
    private long row;

    /** @param channels by the folder with their days */
    SlackReader(Archive archive, Map<String, Slack.User> users, Map<String, Slack.Channel> channels, String owner) {
        this.archive = archive;
        this.users = users;
        this.channels = channels;
        this.owner = owner;
        users.values().forEach(user -> names.put(user.id(), user.name()));
    }

    void introduce(Telling telling, HandleNormalizer normalizer) {
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
            telling.account(account(user.id()), user.name(), also, user.id().equals(owner));
        }
        for (Slack.Channel channel : channels.values()) {
            List<Handle> others = channel.members().stream()
                    .filter(member -> !member.equals(owner))
                    .map(SlackReader::account)
                    .toList();
            telling.conversation("slack:" + channel.id(), channel.name(), Service.SLACK, !channel.direct(), others);
        }
    }

    private static Handle account(String id) {
        return Asked.account("slack", id);
    }

    void tell(Archive.Entry day, Telling telling) throws SourceException, IOException, InterruptedException {
        String folder = day.folder().substring(0, day.folder().length() - 1);
        Slack.Channel channel = channels.get(day.folder());
        String id = channel == null ? folder.substring(folder.lastIndexOf('/') + 1) : channel.id();
        boolean group = channel == null || !channel.direct();
        if (channel == null) {
            telling.conversation("slack:" + id, id, Service.SLACK, true, List.of());
        }
        try (JsonReader in = new JsonReader(archive, day)) {
            in.list(() -> message("slack:" + id, group, in.value(), in, telling));
        }
    }

    private @Nullable Handle person(
            String conversation, boolean group, @Nullable String id, @Nullable String name, Telling telling) {
        if (owner.equals(id)) {
            return null;
        }
        Handle handle = account(id == null ? "unknown" : id);
        telling.account(handle, name, List.of(), false);
        telling.conversation(conversation, null, Service.SLACK, group, List.of(handle));
        return handle;
    }

    private void message(String conversation, boolean group, JsonNode node, JsonReader in, Telling telling)
            throws SourceException {
        row++;
        String ts = in.required(node, "ts");
        String id = conversation + ":" + ts;
        Instant at = in.since1970(node, "ts", 1);
        String user = JsonReader.text(node, "user");
        String author = user != null ? user : JsonReader.text(node, "bot_id");
        String name = JsonReader.text(node, "username");
        String shown = name != null ? name : JsonReader.text(node.path("user_profile"), "real_name");
        Handle sender = person(conversation, group, author, names.getOrDefault(String.valueOf(author), shown), telling);
        String subtype = node.path("subtype").asString("");
        if (subtype.startsWith("channel_") || subtype.startsWith("group_")) {
            changed(conversation, id, subtype, node, sender, at, telling);
            return;
        }
        Draft draft = new Draft(id, conversation, Service.SLACK)
                .from(sender)
                .sentAt(at)
                .editedAt(in.since1970(node.path("edited"), "ts", 1));
        Markup.read(String.valueOf(node.path("text").asString("")), names, draft);
        String thread = JsonReader.text(node, "thread_ts");
        draft.replyTo(thread == null || thread.equals(ts) ? null : conversation + ":" + thread);
        if (subtype.equals("tombstone")) {
            draft.unsent().text("");
        }
        for (JsonNode file : node.path("files")) {
            JsonNode bytes = file.path("size");
            draft.attach(
                    JsonReader.text(file, "name"),
                    JsonReader.text(file, "url_private"),
                    JsonReader.text(file, "mimetype"),
                    bytes.isNumber() ? bytes.asLong() : null,
                    false,
                    null);
        }
        telling.event(draft.message(telling.at(row)));
        for (JsonNode reaction : node.path("reactions")) {
            String alias = reaction.path("name").asString("").replaceFirst("::.*", "");
            for (JsonNode by : reaction.path("users")) {
                Handle reactor = person(conversation, group, by.asString(""), names.get(by.asString("")), telling);
                telling.reaction(id, conversation, reactor, null, Markup.emoji(alias, ":" + alias + ":"), row);
            }
        }
    }

    private void changed(
            String conversation,
            String id,
            String subtype,
            JsonNode node,
            @Nullable Handle sender,
            @Nullable Instant at,
            Telling telling) {
        String what = subtype.substring(subtype.indexOf('_') + 1);
        GroupChange.Kind kind = switch (what) {
            case "join" -> GroupChange.Kind.MEMBER_ADDED;
            case "leave" -> GroupChange.Kind.MEMBER_LEFT;
            case "name" -> GroupChange.Kind.RENAMED;
            default -> GroupChange.Kind.UNKNOWN;
        };
        String title = kind == GroupChange.Kind.RENAMED ? JsonReader.text(node, "name") : null;
        telling.event(new GroupChange(
                id,
                List.of(conversation),
                kind,
                sender,
                sender == null,
                kind == GroupChange.Kind.MEMBER_ADDED || kind == GroupChange.Kind.MEMBER_LEFT ? sender : null,
                kind == GroupChange.Kind.UNKNOWN ? subtype : title,
                at,
                telling.at(row)));
    }
}
