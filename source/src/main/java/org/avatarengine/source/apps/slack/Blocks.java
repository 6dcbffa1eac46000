package org.avatarengine.source.apps.slack;

import java.util.Map;
import org.avatarengine.event.TextRange;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ImportOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The text of a message that has only blocks: the rich text that a person composed, or the boxes of an app. Blocks in
 * the form of the API are described at https://docs.slack.dev/reference/block-kit.
 */
final class Blocks {
    /** Rich texts nest lists in quotations, but not deeper than this. */
    private static final int DEEPEST = 12;

    private final Map<String, String> names;
    private final Draft draft;
    private final StringBuilder text = new StringBuilder();

    private Blocks(Map<String, String> names, Draft draft) {
        this.names = names;
        this.draft = draft;
    }

    /** Sets the text of a message from its blocks. */
    static void read(JsonNode blocks, Map<String, String> names, Draft draft) {
        Blocks reader = new Blocks(names, draft);
        for (JsonNode block : blocks) {
            reader.block(block);
        }
        draft.text(reader.text.toString().stripTrailing());
    }

    private void block(JsonNode block) {
        switch (block.path("type").asString("")) {
            case "rich_text" -> block.path("elements").forEach(element -> element(element, 0));
            case "header", "section", "markdown" -> {
                line(block.path("text"));
                block.path("fields").forEach(this::line);
            }
            case "context" -> block.path("elements").forEach(this::line);
            case "image", "video" -> line(block.path("title"));
            default -> {} // buttons, dividers and forms have no text of a message
        }
    }

    private void line(JsonNode object) {
        String line =
                object.isString() ? object.asString() : object.path("text").asString("");
        if (!line.isBlank()) {
            newLine();
            text.append(line);
        }
    }

    private void newLine() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private void element(JsonNode element, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        int start = text.length();
        switch (element.path("type").asString("")) {
            case "rich_text_section", "rich_text_preformatted" -> {
                newLine();
                element.path("elements").forEach(inner -> element(inner, depth + 1));
            }
            case "rich_text_list" -> element.path("elements").forEach(inner -> element(inner, depth + 1));
            case "rich_text_quote" -> {
                newLine();
                int begin = text.length();
                element.path("elements").forEach(inner -> element(inner, depth + 1));
                mark(begin, TextRange.Kind.QUOTED, null);
                text.append('\n');
            }
            case "text" -> text.append(element.path("text").asString(""));
            case "link" -> {
                String url = element.path("url").asString("");
                text.append(element.path("text").asString(url));
                mark(start, TextRange.Kind.LINK, url);
            }
            case "emoji" -> {
                String name = element.path("name").asString("");
                text.append(Markup.emoji(name, ":" + name + ":"));
            }
            case "user" -> {
                String id = element.path("user_id").asString("");
                text.append('@').append(names.getOrDefault(id, id));
                mark(
                        start,
                        TextRange.Kind.MENTION,
                        ImportOptions.account("slack", id).value());
            }
            case "channel" -> text.append('#').append(element.path("channel_id").asString(""));
            case "broadcast" -> text.append('@').append(element.path("range").asString(""));
            case "usergroup" ->
                text.append('@').append(element.path("usergroup_id").asString(""));
            case "date" -> text.append(element.path("fallback").asString(""));
            default -> {} // colors and what Slack adds later
        }
    }

    private void mark(int start, TextRange.Kind kind, @Nullable String value) {
        draft.mark(new TextRange(start, text.length(), kind, value));
    }
}
