package org.avatarengine.source.apps.discord;

import java.util.Locale;
import org.avatarengine.event.GroupChange;
import org.avatarengine.source.apps.export.JsonReader;
import tools.jackson.databind.JsonNode;

/** The types of messages. The exporter writes the names of those it knows and the numbers of Discord's API of others. */
enum Kinds {
    TEXT(GroupChange.Kind.UNKNOWN),
    /** The answer of an app to a command. */
    COMMAND(GroupChange.Kind.UNKNOWN),
    /** A copy of the message from which a thread was started. */
    THREAD_STARTER(GroupChange.Kind.UNKNOWN),
    ADDED(GroupChange.Kind.MEMBER_ADDED),
    REMOVED(GroupChange.Kind.MEMBER_REMOVED),
    RENAMED(GroupChange.Kind.RENAMED),
    ICON(GroupChange.Kind.PHOTO_CHANGED),
    /** Any other notice, such as of a pin, a call, a boost, a new thread, or the result of a poll. */
    NOTICE(GroupChange.Kind.UNKNOWN);

    private final GroupChange.Kind change;

    Kinds(GroupChange.Kind change) {
        this.change = change;
    }

    /** The change of the conversation that it tells of; unknown for messages. */
    GroupChange.Kind change() {
        return change;
    }

    static Kinds of(String type) {
        return switch (type.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "default", "0", "reply", "19", "" -> TEXT;
            case "chatinputcommand", "20", "applicationcommand", "contextmenucommand", "23" -> COMMAND;
            case "threadstartermessage", "21" -> THREAD_STARTER;
            case "recipientadd", "1", "guildmemberjoin", "userjoin", "7" -> ADDED;
            case "recipientremove", "2" -> REMOVED;
            case "channelnamechange", "4" -> RENAMED;
            case "channeliconchange", "5" -> ICON;
            default -> NOTICE;
        };
    }

    /** Whether a program wrote a message: a bot, a webhook, or an app that answers a command. */
    static boolean isBot(JsonNode message) {
        JsonNode author = message.path("author");
        String webhook = JsonReader.text(message, "webhookId");
        return of(message.path("type").asString("")) == COMMAND
                || author.path("isBot").asBoolean(false)
                || author.path("bot").asBoolean(false)
                || webhook != null && !webhook.isBlank()
                || message.path("interaction").isObject()
                || message.path("interactionMetadata").isObject();
    }
}
