package org.avatarengine.source.apps.telegram;

import org.jspecify.annotations.Nullable;

/** What an export says of a chat. */
record Chat(@Nullable String name, String type, String id) {

    /** Whether people write to each other in it, or an account writes to its followers. */
    boolean group() {
        return switch (type) {
            case "personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes" -> false;
            default -> true;
        };
    }

    /** Whether the other side is a person or a bot with the chat's identifier. */
    boolean direct() {
        return type.equals("personal_chat") || type.equals("bot_chat");
    }

    /** Whether the other side is a program. */
    boolean automatic() {
        return type.equals("bot_chat") || type.equals("verification_codes");
    }

    String partner() {
        return "user" + id;
    }

    String key() {
        return "telegram:" + (group() ? "group" : "user") + id;
    }
}
