package org.avatarengine.source.apps.meta;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ContentIds;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one thread. Meta's messages have no identifiers, so thread, sender, time and text identify them. */
final class ThreadReader {
    /** The names of deleted accounts. In each thread they are a different person. */
    private static final Set<String> GONE =
            Set.of("facebook user", "instagram user", "facebook-nutzer", "instagram-nutzer");

    private final Archive archive;
    private final Service service;
    private final String owner;
    private final ContentIds ids = new ContentIds("meta");
    private String conversation = "";
    private boolean group;
    private long row;

    ThreadReader(Archive archive, Service service, String owner) {
        this.archive = archive;
        this.service = service;
        this.owner = owner;
    }

    /** The fields of a file, which has at most ten thousand messages. */
    private static final class Content {
        private final List<String> participants = new ArrayList<>();
        private @Nullable String title;
        private @Nullable String path;
        private final List<JsonNode> messages = new ArrayList<>();
    }

    void tell(Meta.Part part, ExportListener listener) throws SourceException, IOException, InterruptedException {
        Content content = new Content();
        try (JsonReader in = new JsonReader(archive, part.entry())) {
            in.object(name -> {
                switch (name) {
                    case "participants" -> in.list(() -> content.participants.add(Meta.name(in.value())));
                    case "messages" -> in.list(() -> content.messages.add(in.value()));
                    case "title", "threadName" ->
                        content.title = Mojibake.mend(in.value().asString(""));
                    case "thread_path" -> content.path = in.value().asString("");
                    default -> in.skip();
                }
            });
            introduce(part, content, listener);
            for (JsonNode message : chronological(content.messages)) {
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

    private void introduce(Meta.Part part, Content content, ExportListener listener) {
        String path = content.path != null
                ? content.path
                : part.encrypted()
                        ? part.entry().fileName().replaceFirst("\\.json$", "")
                        : part.entry().folder();
        conversation = service.name().toLowerCase(Locale.ROOT) + ":" + path;
        List<String> others = content.participants.stream()
                .filter(name -> !name.equals(owner))
                .toList();
        group = others.size() > 1;
        listener.account(account(owner), owner, List.of(), true);
        List<Handle> handles = new ArrayList<>();
        for (String name : others) {
            Handle handle = account(name);
            listener.account(handle, name, List.of(), false);
            handles.add(handle);
        }
        String title = content.title == null ? null : content.title.replaceFirst("_\\d+$", "");
        listener.conversation(conversation, group ? title : null, service, group, handles);
    }

    private Handle account(String name) {
        String app = service == Service.INSTAGRAM ? "instagram" : "facebook";
        boolean gone = GONE.contains(name.toLowerCase(Locale.ROOT)) || name.isBlank();
        return ImportOptions.account(app, gone ? name + " in " + conversation : name);
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

    private void message(Meta.Part part, JsonNode node, JsonReader in, ExportListener listener) throws SourceException {
        row++;
        boolean encrypted = part.encrypted();
        String name = encrypted ? in.required(node, "senderName") : in.required(node, "sender_name");
        String sender = String.valueOf(Mojibake.mend(name));
        Instant at = in.since1970(node, encrypted ? "timestamp" : "timestamp_ms", 1000);
        String text = Mojibake.mend(JsonReader.text(node, encrypted ? "text" : "content"));
        Draft draft = new Draft(ids.of(conversation, sender, at, text), conversation, service)
                .from(person(sender, listener))
                .sentAt(at)
                .text(text)
                .app(shared(node.path("share")));
        if (node.path("is_unsent").asBoolean(false) || node.path("isUnsent").asBoolean(false)) {
            draft.unsent().text("");
        }
        for (String kind : List.of("photos", "videos", "audio_files", "files", "gifs", "media")) {
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

    private void attach(Meta.Part part, Draft draft, @Nullable String uri, boolean sticker) {
        if (uri == null || uri.isBlank()) {
            return;
        }
        String path = uri.replaceFirst("^\\./", "");
        int kind = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
        boolean there = archive.entry(path) != null
                || archive.entry(part.entry().folder() + path) != null
                || archive.entry(part.entry().folder() + path.substring(kind + 1)) != null;
        draft.attach(
                uri.substring(uri.lastIndexOf('/') + 1),
                uri,
                null,
                null,
                sticker,
                uri.startsWith("http") ? null : !there);
    }

    private static @Nullable AppContent shared(JsonNode share) {
        String link = JsonReader.text(share, "link");
        String text = Mojibake.mend(JsonReader.text(share, "share_text"));
        return link == null && text == null
                ? null
                : new AppContent(
                        AppContent.Kind.LINK,
                        "meta",
                        null,
                        text,
                        null,
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
