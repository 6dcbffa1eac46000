package org.avatarengine.source.apps.meta;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ContentIds;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.Media;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one thread. Meta's messages have no identifiers, so thread, sender, time and text identify them. */
final class ThreadReader {
    private static final List<String> MEDIA = List.of("photos", "videos", "audio_files", "files", "gifs", "media");

    /** The types of messages whose text is the app's. */
    private static final Set<String> TOLD =
            Set.of("call", "subscribe", "unsubscribe", "placeholder", "payment", "plan");

    /** Seconds reach this in the year 5138, milliseconds in 1973. */
    private static final long FIRST_IN_MILLISECONDS = 100_000_000_000L;

    private final Archive archive;
    private final Service service;
    private final String owner;
    private final ContentIds ids = new ContentIds("meta");
    private final String conversation;
    private final Set<String> people = new LinkedHashSet<>();
    private boolean group;
    private long row;

    /** @param parts all files of the thread */
    ThreadReader(Archive archive, Service service, String owner, List<ThreadFile> parts) {
        this.archive = archive;
        this.service = service;
        this.owner = owner;
        this.conversation =
                service.name().toLowerCase(Locale.ROOT) + ":" + parts.getFirst().conversation();
        parts.forEach(part -> people.addAll(part.people()));
    }

    void tell(ThreadFile part, ExportListener listener) throws SourceException, IOException, InterruptedException {
        List<JsonNode> messages = new ArrayList<>(); // a file has at most ten thousand
        try (JsonReader in = new JsonReader(archive, part.entry())) {
            in.object(name -> {
                switch (name) {
                    case "participants" -> in.list(in::skip);
                    case "messages" -> in.list(() -> messages.add(in.value()));
                    default -> in.skip();
                }
            });
            introduce(part, listener);
            for (JsonNode message : chronological(messages)) {
                message(part, message, in, listener);
            }
        }
    }

    /** The files have the newest message first. */
    private static List<JsonNode> chronological(List<JsonNode> messages) {
        List<JsonNode> ordered = new ArrayList<>(messages.reversed());
        ordered.sort(Comparator.comparingLong(
                m -> m.path("timestamp_ms").asLong(m.path("timestamp").asLong(0))));
        return ordered;
    }

    private void introduce(ThreadFile part, ExportListener listener) {
        // Downloads of 2018 leave the owner out; of those who left, only the messages tell.
        List<String> others = (part.participants().isEmpty() ? people : part.participants())
                .stream().filter(name -> !name.equals(owner)).toList();
        group = others.size() > 1;
        listener.account(account(owner), owner, List.of(), true);
        List<Handle> handles = new ArrayList<>();
        for (String name : others) {
            Handle handle = account(name);
            listener.account(handle, name, List.of(), false);
            handles.add(handle);
        }
        // The files of encrypted chats number chats of the same name.
        String title = part.title();
        if (title != null && part.encrypted()) {
            title = title.replaceFirst("_\\d+$", "");
        }
        listener.conversation(conversation, group ? title : null, service, group, handles);
    }

    /** Names are the only identifiers that the download has, so they are compared as they are written. */
    private Handle account(String name) {
        String app = service == Service.INSTAGRAM ? "instagram" : "facebook";
        String id = AutoTexts.isGone(name) ? name + " in " + conversation : name;
        return new Handle(app + ":" + id.strip(), Handle.Kind.ACCOUNT, id, null);
    }

    private @Nullable Handle person(String name, ExportListener listener) {
        if (name.equals(owner)) {
            return null;
        }
        Handle handle = account(name);
        listener.account(handle, name, List.of(), false);
        listener.conversation(conversation, null, service, group, List.of(handle));
        return handle;
    }

    private void message(ThreadFile part, JsonNode node, JsonReader in, ExportListener listener)
            throws SourceException {
        row++;
        String name = JsonReader.text(node, "sender_name");
        String sender = String.valueOf(Mojibake.mend(name != null ? name : in.required(node, "senderName")));
        Instant at = time(node, in);
        String content = JsonReader.text(node, "content");
        String text = Mojibake.mend(content != null ? content : JsonReader.text(node, "text"));
        Draft draft = new Draft(ids.of(conversation, sender, at, text), conversation, service)
                .from(person(sender, listener))
                .sentAt(at)
                .text(text)
                .kind(text == null ? MessageKind.TYPED : kind(node, text, sender))
                .app(shared(node.path("share")));
        if (node.path("is_unsent").asBoolean(false) || node.path("isUnsent").asBoolean(false)) {
            draft.unsent().text("");
        }
        for (String kind : MEDIA) {
            for (JsonNode file : node.path(kind)) {
                attach(part, draft, JsonReader.text(file, "uri"), false);
            }
        }
        attach(part, draft, JsonReader.text(node.path("sticker"), "uri"), true);
        listener.event(draft.message(listener.at(row)));
        for (JsonNode reaction : node.path("reactions")) {
            String emoji = Mojibake.mend(JsonReader.text(reaction, "reaction"));
            String actor = Mojibake.mend(JsonReader.text(reaction, "actor"));
            if (emoji != null && actor != null) {
                Instant when = in.since1970(reaction, "timestamp", 1);
                listener.reaction(draft.id(), conversation, person(actor, listener), when, emoji, row);
            }
        }
    }

    /** The time of a message; in seconds in the downloads of early 2018. */
    static @Nullable Instant time(JsonNode node, JsonReader in) throws SourceException {
        if (node.has("timestamp_ms")) {
            return in.since1970(node, "timestamp_ms", 1000);
        }
        return in.since1970(node, "timestamp", seconds(node) ? 1 : 1000);
    }

    private static boolean seconds(JsonNode node) {
        return node.has("sender_name") && node.path("timestamp").asLong(0) < FIRST_IN_MILLISECONDS;
    }

    /** How a text came about: by the fields of the message, and where they do not tell, by its wording. */
    private MessageKind kind(JsonNode node, String text, String sender) {
        String type = node.path("type").asString("").toLowerCase(Locale.ROOT);
        boolean told = node.has("call_duration")
                || node.has("missed")
                || TOLD.contains(type)
                || node.path("users").isArray() && !node.path("users").isEmpty();
        if (told) {
            return MessageKind.APP_MADE;
        }
        MessageKind kind = AutoTexts.kind(text, sender, people);
        if (kind != MessageKind.TYPED) {
            return kind;
        }
        JsonNode share = node.path("share");
        String link = JsonReader.text(share, "link");
        boolean carries = share.isObject() && !(link != null && text.contains(link))
                || MEDIA.stream().anyMatch(field -> !node.path(field).isEmpty())
                || node.path("sticker").isObject();
        if (carries && AutoTexts.namesOnly(text, sender)) {
            return MessageKind.APP_MADE;
        }
        String theirs = Mojibake.mend(JsonReader.text(share, "share_text"));
        String author = Mojibake.mend(JsonReader.text(share, "original_content_owner"));
        boolean others = author != null && !author.isBlank() && !author.equals(sender);
        return others && text.strip().equals(String.valueOf(theirs).strip()) ? MessageKind.FORWARDED : kind;
    }

    private void attach(ThreadFile part, Draft draft, @Nullable String uri, boolean sticker) {
        if (uri == null || uri.isBlank()) {
            return;
        }
        String found = Media.find(archive, part.entry().folder(), uri);
        draft.attach(
                uri.substring(uri.lastIndexOf('/') + 1),
                found != null ? found : uri,
                null,
                null,
                sticker,
                found != null ? Boolean.FALSE : Media.isWeb(uri) ? null : Boolean.TRUE);
    }

    /** What the message shares. Its text is not the sender's; the second line says whose it is. */
    private static @Nullable AppContent shared(JsonNode share) {
        String link = JsonReader.text(share, "link");
        String text = Mojibake.mend(JsonReader.text(share, "share_text"));
        String author = Mojibake.mend(JsonReader.text(share, "original_content_owner"));
        String profile = Mojibake.mend(JsonReader.text(share, "profile_share_username"));
        String title = text != null ? text : profile;
        return link == null && title == null && author == null
                ? null
                : new AppContent(
                        AppContent.Kind.LINK,
                        "meta",
                        null,
                        title,
                        author,
                        link,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null);
    }
}
