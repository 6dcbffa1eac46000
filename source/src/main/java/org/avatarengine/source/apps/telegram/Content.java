package org.avatarengine.source.apps.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.export.JsonReader;
import org.avatarengine.source.apps.export.Media;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The content of a message: its text, its files, and polls, places and the like. */
final class Content {
    private Content() {}

    /** A text is a string, a marked piece, or a list of strings and marked pieces. */
    static void text(Draft draft, JsonNode node) {
        JsonNode text = node.path("text");
        if (text.isMissingNode() || text.isEmpty() && !text.isValueNode()) {
            text = node.path("text_entities");
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode piece : text.isArray() ? text : List.of(text)) {
            int start = all.length();
            all.append(plain(piece));
            mark(draft, piece, start, all.length());
        }
        draft.text(all.toString());
    }

    private static void mark(Draft draft, JsonNode piece, int start, int end) {
        String type = piece.path("type").asString("");
        switch (type) {
            case "mention", "mention_name" -> {
                if (piece.path("user_id").isNumber()) {
                    String user = "user" + piece.path("user_id").asString();
                    String id = ImportOptions.account("telegram", user).value();
                    draft.mark(new TextRange(start, end, TextRange.Kind.MENTION, id));
                }
            }
            case "link", "text_link" -> {
                String href = piece.path("href").asString(piece.path("text").asString(""));
                draft.mark(new TextRange(start, end, TextRange.Kind.LINK, href));
            }
            case "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre" ->
                draft.mark(new TextRange(start, end, TextRange.Kind.STYLE, type));
            // What somebody sets as a quotation is somebody else's text.
            case "blockquote", "expandable_blockquote" ->
                draft.mark(new TextRange(start, end, TextRange.Kind.QUOTED, null));
            default -> {} // hashtags, commands, phone numbers and emoji are plain text
        }
    }

    /** The text of a string or of an object with a text. */
    private static String plain(JsonNode piece) {
        if (piece.isObject()) {
            return piece.path("text").asString("");
        }
        return piece.isValueNode() && !piece.isNull() ? piece.asString("") : "";
    }

    static void media(Draft draft, JsonNode node, Archive archive, Archive.Entry file) {
        for (String field : List.of("photo", "file", "contact_vcard")) {
            String path = JsonReader.text(node, field);
            if (path == null || path.isBlank()) {
                continue;
            }
            // A sentence in brackets says that the export has no such file, and why.
            boolean left = path.startsWith("(") && path.endsWith(")");
            String name = JsonReader.text(node, "file_name");
            String found = left ? null : Media.find(archive, file.folder(), path);
            JsonNode bytes = node.path(field + "_size");
            draft.attach(
                    name != null ? name : left ? null : path.substring(path.lastIndexOf('/') + 1),
                    left ? null : found != null ? found : file.folder() + path,
                    switch (field) {
                        case "photo" -> "image/jpeg";
                        case "contact_vcard" -> "text/vcard";
                        default -> JsonReader.text(node, "mime_type");
                    },
                    bytes.isNumber() ? bytes.asLong() : null,
                    "sticker".equals(JsonReader.text(node, "media_type")),
                    found == null);
        }
    }

    static @Nullable AppContent app(JsonNode node) {
        JsonNode poll = node.path("poll");
        if (poll.isObject()) {
            return content(
                    AppContent.Kind.POLL, plain(poll.path("question")), null, null, options(poll.path("answers")));
        }
        JsonNode todo = node.path("todo_list");
        if (todo.isObject()) {
            JsonNode tasks = todo.has("items") ? todo.path("items") : todo.path("answers");
            return content(AppContent.Kind.OTHER_APP, plain(todo.path("title")), null, null, options(tasks));
        }
        JsonNode place = node.path("location_information");
        if (place.isObject()) {
            String url = "geo:" + place.path("latitude").asString("") + ","
                    + place.path("longitude").asString("");
            String name = JsonReader.text(node, "place_name");
            return content(AppContent.Kind.PLACE, name, JsonReader.text(node, "address"), url, List.of());
        }
        JsonNode contact = node.path("contact_information");
        if (contact.isObject()) {
            return content(
                    AppContent.Kind.OTHER_APP,
                    name(contact),
                    JsonReader.text(contact, "phone_number"),
                    null,
                    List.of());
        }
        String game = JsonReader.text(node, "game_title");
        if (game != null) {
            return content(
                    AppContent.Kind.GAME,
                    game,
                    JsonReader.text(node, "game_description"),
                    JsonReader.text(node, "game_link"),
                    List.of());
        }
        JsonNode invoice = node.path("invoice_information");
        if (invoice.isObject()) {
            return content(
                    AppContent.Kind.OTHER_APP,
                    JsonReader.text(invoice, "title"),
                    JsonReader.text(invoice, "description"),
                    null,
                    List.of());
        }
        return dice(node);
    }

    private static @Nullable AppContent dice(JsonNode node) {
        JsonNode dice = node.path("dice");
        String emoji = JsonReader.text(dice.isObject() ? dice : node, dice.isObject() ? "emoji" : "dice_emoji");
        String value = JsonReader.text(dice.isObject() ? dice : node, dice.isObject() ? "value" : "dice_value");
        return emoji == null && value == null
                ? null
                : content(AppContent.Kind.GAME, emoji == null ? "🎲" : emoji, value, null, List.of());
    }

    private static List<AppContent.Option> options(JsonNode answers) {
        List<AppContent.Option> options = new ArrayList<>();
        for (JsonNode answer : answers) {
            options.add(new AppContent.Option(String.valueOf(options.size() + 1), plain(answer.path("text")), null));
        }
        return options;
    }

    /** The name of a person in the owner's address book, or in a shared contact. */
    static @Nullable String name(JsonNode node) {
        String name = Stream.of(JsonReader.text(node, "first_name"), JsonReader.text(node, "last_name"))
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
        return name.isEmpty() ? null : name;
    }

    private static AppContent content(
            AppContent.Kind kind,
            @Nullable String title,
            @Nullable String subtitle,
            @Nullable String url,
            List<AppContent.Option> options) {
        return new AppContent(
                kind, "telegram", "Telegram", title, subtitle, url, null, null, null, null, options, null, null);
    }
}
