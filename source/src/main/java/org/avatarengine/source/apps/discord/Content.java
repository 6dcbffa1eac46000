package org.avatarengine.source.apps.discord;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.Media;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The content of a message: what its author wrote, what it passes on, and what is embedded in it. */
final class Content {
    private final Archive archive;
    private final Archive.Entry file;
    private final JsonNode node;

    Content(Archive archive, Archive.Entry file, JsonNode node) {
        this.archive = archive;
        this.file = file;
        this.node = node;
    }

    /** Whether it passes on another message. */
    static boolean forwards(JsonNode node) {
        return "Forward".equalsIgnoreCase(node.path("reference").path("type").asString(""))
                || !forwarded(node).isEmpty();
    }

    /** The messages that it passes on: one in the exporter's newer versions, a list of snapshots in the API. */
    private static List<JsonNode> forwarded(JsonNode node) {
        List<JsonNode> messages = new ArrayList<>();
        for (String field : List.of("forwardedMessage", "forwarded_message")) {
            if (node.path(field).isObject()) {
                messages.add(node.path(field));
            }
        }
        for (String field : List.of("messageSnapshots", "message_snapshots", "snapshots")) {
            for (JsonNode snapshot : node.path(field)) {
                messages.add(snapshot.path("message").isObject() ? snapshot.path("message") : snapshot);
            }
        }
        return messages;
    }

    void fill(Draft draft) {
        String own = node.path("content").asString("");
        StringBuilder text = new StringBuilder(own);
        for (JsonNode message : forwarded(node)) {
            append(draft, text, joined(message.path("content").asString(""), embedded(message.path("embeds"))));
        }
        boolean bot = Kinds.isBot(node);
        JsonNode embeds = node.path("embeds");
        if (bot || own.isBlank()) {
            append(draft, text, embedded(embeds));
        } else if (!embeds.isEmpty()) {
            draft.app(preview(embeds.get(0)));
        }
        if (forwards(node) && own.isBlank() && !bot) {
            draft.kind(MessageKind.FORWARDED);
        }
        draft.text(text.toString());
        poll(draft);
        mentions(draft);
        files(draft, node);
        forwarded(node).forEach(message -> files(draft, message));
    }

    /** Adds others' text after the author's own. */
    private static void append(Draft draft, StringBuilder text, String others) {
        if (others.isBlank()) {
            return;
        }
        if (!text.isEmpty()) {
            text.append('\n');
        }
        int start = text.length();
        text.append(others);
        draft.mark(new TextRange(start, text.length(), TextRange.Kind.FORWARDED, null));
    }

    /** The texts of embedded boxes: a program's message, or the preview of a page. */
    static String embedded(JsonNode embeds) {
        List<String> lines = new ArrayList<>();
        for (JsonNode embed : embeds) {
            lines.add(embed.path("author").path("name").asString(""));
            lines.add(embed.path("title").asString(""));
            lines.add(embed.path("description").asString(""));
            for (JsonNode field : embed.path("fields")) {
                lines.add(Stream.of("name", "value")
                        .map(part -> field.path(part).asString(""))
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining(": ")));
            }
            lines.add(embed.path("footer").path("text").asString(""));
        }
        return joined(lines.toArray(String[]::new));
    }

    private static String joined(String... lines) {
        return Stream.of(lines).filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }

    private static @Nullable AppContent preview(JsonNode embed) {
        String title = JsonReader.text(embed, "title");
        String url = JsonReader.text(embed, "url");
        String description = JsonReader.text(embed, "description");
        return title == null && url == null && description == null
                ? null
                : new AppContent(
                        AppContent.Kind.LINK,
                        "discord",
                        "Discord",
                        title,
                        description,
                        url,
                        null,
                        null,
                        null,
                        JsonReader.text(embed.path("author"), "name"),
                        List.of(),
                        null,
                        null);
    }

    private void poll(Draft draft) {
        JsonNode poll = node.path("poll");
        if (!poll.isObject()) {
            return;
        }
        List<AppContent.Option> options = new ArrayList<>();
        for (JsonNode answer : poll.path("answers")) {
            options.add(new AppContent.Option(String.valueOf(options.size() + 1), text(answer), null));
        }
        draft.app(new AppContent(
                AppContent.Kind.POLL,
                "discord",
                "Discord",
                text(poll.path("question")),
                null,
                null,
                null,
                null,
                null,
                null,
                options,
                null,
                null));
    }

    /** A text, or the text in an object. */
    private static @Nullable String text(JsonNode of) {
        for (String field : List.of("text", "pollMedia", "poll_media", "media")) {
            if (of.path(field).isObject()) {
                return text(of.path(field));
            }
            if (of.path(field).isString()) {
                return of.path(field).asString();
            }
        }
        return of.isString() ? of.asString() : null;
    }

    private void mentions(Draft draft) {
        for (JsonNode user : node.path("mentions")) {
            String id = JsonReader.text(user, "id");
            for (String name : List.of(Channel.shown(user), user.path("name").asString(""))) {
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

    /** Files and stickers. An exporter that also downloads them writes the place on disk instead of the address. */
    private void files(Draft draft, JsonNode of) {
        for (JsonNode attachment : of.path("attachments")) {
            JsonNode bytes = attachment.path("fileSizeBytes");
            attach(
                    draft,
                    JsonReader.text(attachment, "fileName"),
                    JsonReader.text(attachment, "url"),
                    bytes.isNumber() ? bytes.asLong() : null,
                    false);
        }
        for (JsonNode sticker : of.path("stickers")) {
            attach(draft, JsonReader.text(sticker, "name"), JsonReader.text(sticker, "sourceUrl"), null, true);
        }
    }

    private void attach(
            Draft draft, @Nullable String name, @Nullable String place, @Nullable Long bytes, boolean sticker) {
        String found = Media.find(archive, file.folder(), place);
        Boolean missing = found != null ? Boolean.FALSE : place == null || Media.isWeb(place) ? null : Boolean.TRUE;
        draft.attach(name, found != null ? found : place, null, bytes, sticker, missing);
    }
}
