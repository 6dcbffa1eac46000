package org.avatarengine.source.apps.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.JsonReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of a channel: who wrote it, how its text came about, and the text. */
final class Lines {
    /** The subtypes of lines that a person typed. All others are written by Slack or by an app. */
    private static final Set<String> TYPED = Set.of(
            "", "me_message", "thread_broadcast", "reply_broadcast", "file_share", "file_comment", "file_mention");

    /** What Slack wrote for a shared file until 2018: the sender, a link, and perhaps what they said about it. */
    private static final Pattern UPLOAD =
            Pattern.compile("(?s)<@[^>]{1,60}> (?:uploaded|shared) a file: <[^>]*>(?: and commented: (.*))?");

    private Lines() {}

    /** The identifier of the author; null when the line names none. */
    static @Nullable String author(JsonNode node) {
        if (node.path("subtype").asString("").equals("file_comment")) {
            String user = JsonReader.text(node.path("comment"), "user");
            if (user != null) {
                return user;
            }
        }
        String user = JsonReader.text(node, "user");
        return user != null ? user : JsonReader.text(node, "bot_id");
    }

    /** @param bot whether the author is a bot according to the list of people */
    static MessageKind kind(JsonNode node, boolean bot) {
        boolean made = bot
                || !TYPED.contains(node.path("subtype").asString(""))
                || present(node, "bot_id")
                || node.path("bot_profile").isObject()
                || node.path("room").isObject() // a huddle or a call
                || "USLACKBOT".equals(JsonReader.text(node, "user"));
        return made ? MessageKind.APP_MADE : MessageKind.TYPED;
    }

    private static boolean present(JsonNode node, String field) {
        String text = JsonReader.text(node, field);
        return text != null && !text.isBlank();
    }

    /** Sets the text. Shared messages and what apps attach follow the author's own text, and are marked. */
    static void read(JsonNode node, Map<String, String> names, Draft draft) {
        String subtype = node.path("subtype").asString("");
        String raw = node.path("text").asString("");
        String comment = subtype.equals("file_comment") ? JsonReader.text(node.path("comment"), "comment") : null;
        Matcher upload = UPLOAD.matcher(raw);
        if (comment != null) {
            raw = comment; // the text repeats it after the name of the file
        } else if (upload.matches()) {
            raw = upload.group(1) == null ? raw : upload.group(1);
            draft.kind(upload.group(1) == null ? MessageKind.APP_MADE : MessageKind.TYPED);
        } else if (subtype.equals("file_comment")) {
            draft.kind(MessageKind.APP_MADE);
        }
        if (raw.isBlank() && !node.path("blocks").isEmpty()) {
            Blocks.read(node.path("blocks"), names, draft);
        } else {
            Markup.read(raw, names, draft);
        }
        boolean own = !draft.text().isBlank();
        boolean previewed = false;
        for (JsonNode attachment : node.path("attachments")) {
            if (isShared(attachment) || !own) {
                append(draft, shared(attachment), names, attachment);
            } else if (!previewed) {
                preview(draft, attachment);
                previewed = true;
            }
        }
    }

    private static boolean isShared(JsonNode attachment) {
        return attachment.path("is_share").asBoolean(false)
                || attachment.path("is_msg_unfurl").asBoolean(false)
                || attachment.path("is_reply_unfurl").asBoolean(false);
    }

    /** Adds another's text, which belongs to a message or to an app. */
    private static void append(Draft draft, String raw, Map<String, String> names, JsonNode attachment) {
        StringBuilder text = new StringBuilder(draft.text());
        if (!text.isEmpty()) {
            text.append('\n');
        }
        int start = text.length();
        if (raw.isBlank()) {
            Draft blocks = new Draft(draft.id(), null, Service.SLACK);
            Blocks.read(attachment.path("blocks"), names, blocks);
            text.append(blocks.text());
        } else {
            Markup.append(raw, names, draft, text);
        }
        if (text.length() > start) {
            draft.mark(new TextRange(start, text.length(), TextRange.Kind.FORWARDED, null));
            draft.text(text.toString());
        }
    }

    private static String shared(JsonNode attachment) {
        List<String> lines = new ArrayList<>();
        for (String field : List.of("pretext", "title", "text")) {
            lines.add(attachment.path(field).asString(""));
        }
        for (JsonNode field : attachment.path("fields")) {
            lines.add(Stream.of("title", "value")
                    .map(part -> field.path(part).asString(""))
                    .filter(part -> !part.isBlank())
                    .collect(Collectors.joining(": ")));
        }
        String all = lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
        return all.isEmpty() ? attachment.path("fallback").asString("") : all;
    }

    /** The first link's preview. */
    private static void preview(Draft draft, JsonNode attachment) {
        String url = Stream.of("from_url", "original_url", "title_link")
                .map(field -> JsonReader.text(attachment, field))
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse(null);
        draft.app(new AppContent(
                AppContent.Kind.LINK,
                "slack",
                "Slack",
                JsonReader.text(attachment, "title"),
                JsonReader.text(attachment, "text"),
                url,
                null,
                null,
                null,
                JsonReader.text(attachment, "service_name"),
                List.of(),
                null,
                null));
    }
}
