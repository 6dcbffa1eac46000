package org.avatarengine.source.apps.google;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
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

/** Reads one conversation or space. */
final class GoogleChatReader {
    /** The annotations of notices that the service writes. */
    private static final List<String> NOTICES =
            List.of("membership_changed", "room_updated", "group_retention_settings_updated", "call_data");

    /** The Takeout's name for the address of a link. */
    private static final String WRAPPED = "private_do_not_access_or_else_safe_url_wrapped_value";

    private final Archive archive;
    private final GoogleChat.Talk talk;
    private final HandleNormalizer normalizer;
    private final Set<String> me;
    private final LocalizedTime times = new LocalizedTime();
    private final String conversation;
    private long row;

    /** @param me the addresses and names of the owner */
    GoogleChatReader(Archive archive, GoogleChat.Talk talk, HandleNormalizer normalizer, Set<String> me) {
        this.archive = archive;
        this.talk = talk;
        this.normalizer = normalizer;
        this.me = me;
        this.conversation = "googlechat:" + talk.id();
    }

    void tell(ExportListener listener) throws SourceException, IOException, InterruptedException {
        Archive.Entry about = archive.entry(talk.messages().folder() + "group_info.json");
        JsonNode info = about == null ? null : JsonReader.tree(archive, about);
        String name = info == null ? null : JsonReader.text(info, "name");
        List<Handle> others = new ArrayList<>();
        if (info != null) {
            for (JsonNode member : info.path("members")) {
                Handle handle = person(member, listener);
                if (handle != null) {
                    others.add(handle);
                }
            }
        }
        boolean group = !talk.direct() || others.size() > 1;
        listener.conversation(conversation, group ? name : null, Service.GOOGLE_CHAT, group, others);
        try (JsonReader in = new JsonReader(archive, talk.messages())) {
            in.object(field -> {
                if (field.equals("messages")) {
                    in.list(() -> message(in.value(), in, group, listener));
                } else {
                    in.skip();
                }
            });
        }
    }

    /** The person in a node; null for the owner. */
    private @Nullable Handle person(JsonNode node, ExportListener listener) {
        String email = JsonReader.text(node, "email");
        String name = JsonReader.text(node, "name");
        String own = JsonReader.text(node, "user_id");
        String id = email != null && !email.isBlank()
                ? email
                : own != null && !own.isBlank() ? own : name != null && !name.isBlank() ? name : "unknown";
        Handle address = normalizer.normalize(id);
        Handle handle = address.kind() == Handle.Kind.EMAIL ? address : ImportOptions.account("google", id);
        boolean owner = me.stream().anyMatch(mine -> mine.equalsIgnoreCase(email) || mine.equalsIgnoreCase(name));
        listener.account(handle, name, List.of(), owner);
        return owner ? null : handle;
    }

    private void message(JsonNode node, JsonReader in, boolean group, ExportListener listener) throws SourceException {
        row++;
        String id = JsonReader.text(node, "message_id");
        Instant at = time(node, "created_date", in);
        Handle sender = person(node.path("creator"), listener);
        if (sender != null) {
            listener.conversation(conversation, null, Service.GOOGLE_CHAT, group, List.of(sender));
        }
        Draft draft = new Draft(
                        "googlechat:" + (id == null ? talk.id() + "#" + row : id), conversation, Service.GOOGLE_CHAT)
                .from(sender)
                .sentAt(at)
                .editedAt(time(node, "updated_date", in))
                .text(JsonReader.text(node, "text"))
                .kind(kind(node))
                .replyTo(quoted(node, id));
        if ("DELETED".equals(JsonReader.text(node, "message_state")) || node.has("deletion_metadata")) {
            draft.unsent();
        }
        for (JsonNode annotation : node.path("annotations")) {
            JsonNode mentioned = annotation.path("user_mention").path("user");
            if (mentioned.isObject()) {
                Handle handle = person(mentioned, listener);
                int start = annotation.path("start_index").asInt(0);
                if (handle != null) {
                    int end = start + annotation.path("length").asInt(0);
                    draft.mark(new TextRange(start, end, TextRange.Kind.MENTION, handle.value()));
                }
            }
        }
        for (JsonNode file : node.path("attached_files")) {
            String path = JsonReader.text(file, "export_name");
            String folder = talk.messages().folder();
            String found = Media.find(archive, folder, path);
            draft.attach(
                    JsonReader.text(file, "original_name"),
                    found != null || path == null ? found : folder + path,
                    null,
                    found == null);
        }
        forwarded(node, draft);
        preview(node, draft);
        listener.event(draft.message(listener.at(row)));
        for (JsonNode reaction : node.path("reactions")) {
            String emoji = JsonReader.text(reaction.path("emoji"), "unicode");
            for (JsonNode email : reaction.path("reactor_emails")) {
                if (emoji != null) {
                    boolean mine = me.stream().anyMatch(email.asString("")::equalsIgnoreCase);
                    Handle by = mine ? null : normalizer.normalize(email.asString(""));
                    listener.reaction(draft.id(), conversation, by, null, emoji, row);
                }
            }
        }
    }

    /** How the text came about: bots have their own type of account, and notices of the service an annotation. */
    private static MessageKind kind(JsonNode node) {
        boolean made =
                "BOT".equalsIgnoreCase(node.path("creator").path("user_type").asString(""));
        for (JsonNode annotation : node.path("annotations")) {
            made |= NOTICES.stream().anyMatch(annotation::has)
                    || annotation.path("gsuite_integration_metadata").has("call_data");
        }
        return made ? MessageKind.APP_MADE : MessageKind.TYPED;
    }

    /** The message that this one quotes, else the one that its topic began with. */
    private @Nullable String quoted(JsonNode node, @Nullable String id) {
        String quoted = JsonReader.text(node.path("quoted_message_metadata"), "message_id");
        return quoted != null ? "googlechat:" + quoted : answered(id);
    }

    /** Adds the text of a message that this one passes on. */
    private static void forwarded(JsonNode node, Draft draft) {
        JsonNode message = node.path("forwarded_message_metadata").isObject()
                ? node.path("forwarded_message_metadata")
                : node.path("forwarded_message");
        String text = JsonReader.text(message.path("message").isObject() ? message.path("message") : message, "text");
        if (text == null || text.isBlank()) {
            if (message.isObject()) {
                draft.kind(MessageKind.FORWARDED);
            }
            return;
        }
        String own = draft.text().isEmpty() || draft.text().equals(text) ? "" : draft.text() + "\n";
        draft.text(own + text)
                .mark(new TextRange(own.length(), own.length() + text.length(), TextRange.Kind.FORWARDED, null));
    }

    private static void preview(JsonNode node, Draft draft) {
        for (JsonNode annotation : node.path("annotations")) {
            JsonNode url = annotation.path("url_metadata");
            if (url.isObject()) {
                String link = JsonReader.text(url, "url");
                draft.app(new AppContent(
                        AppContent.Kind.LINK,
                        "googlechat",
                        "Google Chat",
                        JsonReader.text(url, "title"),
                        JsonReader.text(url, "snippet"),
                        link != null ? link : JsonReader.text(url.path("url"), WRAPPED),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null));
                return;
            }
        }
    }

    /**
     * An identifier has the form space/topic/message. In a space, messages of a topic are replies to its first message.
     */
    private @Nullable String answered(@Nullable String id) {
        String[] parts = id == null ? new String[0] : id.split("/");
        boolean answers = parts.length == 3 && !parts[1].equals(parts[2]);
        return answers ? "googlechat:" + parts[0] + "/" + parts[1] + "/" + parts[1] : null;
    }

    private @Nullable Instant time(JsonNode node, String field, JsonReader in) throws SourceException {
        String text = JsonReader.text(node, field);
        if (text == null || text.isBlank()) {
            return null;
        }
        Instant at = times.read(text);
        if (at == null) {
            throw new SourceException(in.where() + ": field \"" + field + "\" is not a time in a supported language."
                    + " Set the account's language to English and create the Takeout again.");
        }
        return at;
    }
}
