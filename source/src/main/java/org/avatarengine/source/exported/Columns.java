package org.avatarengine.source.exported;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names that columns of messages have in tables of other programs. The documented name comes first, and the first
 * one that has a value counts.
 */
enum Columns {
    TEXT("text", "body", "message", "content", "message_text", "msg", "message_body", "cleaned_body"),
    TIME(
            "sent_at",
            "timestamp",
            "date",
            "datetime",
            "time",
            "sent",
            "created_at",
            "date_sent",
            "sent_time",
            "date_time",
            "message_date",
            "sent_on",
            "ts",
            "timestamp_ms",
            "date_utc"),
    SENDER(
            "sender",
            "from",
            "author",
            "sender_id",
            "user",
            "username",
            "from_name",
            "speaker",
            "sender_address",
            "who"),
    FROM_ME("from_me", "is_from_me", "fromme", "isfromme", "is_sent", "outgoing", "is_outgoing", "is_sender", "is_me"),
    PARTNER(
            "phone_number",
            "phone",
            "number",
            "address",
            "handle",
            "contact",
            "chat_identifier",
            "recipient",
            "handle_id"),
    CONVERSATION(
            "conversation",
            "chat",
            "chat_name",
            "conversation_id",
            "conversation_name",
            "chat_id",
            "thread",
            "thread_id",
            "channel",
            "group",
            "group_name"),
    ROOM("cache_roomname", "room", "roomname"),
    ROOM_NAME("group_chat_name", "room_name"),
    ID("id", "message_id", "guid", "uuid"),
    SENDER_NAME("sender_name", "contact_name", "display_name"),
    SERVICE("service"),
    REPLY_TO("reply_to", "reply_to_id", "in_reply_to");

    private final List<String> names;

    Columns(String... names) {
        this.names = List.of(names);
    }

    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Pattern SEPARATORS = Pattern.compile("[ -]+");

    List<String> names() {
        return names;
    }

    boolean in(Collection<String> columns) {
        return names.stream().anyMatch(columns::contains);
    }

    /** Whether a table with these columns has messages. */
    static boolean haveMessages(Collection<String> columns) {
        return TEXT.in(columns) && TIME.in(columns) && (SENDER.in(columns) || FROM_ME.in(columns));
    }

    /** Whether these are the columns of the Python original: the other person, and who of the two wrote. */
    static boolean areOriginal(Collection<String> columns) {
        return haveMessages(columns)
                && FROM_ME.in(columns)
                && (PARTNER.in(columns) || ROOM.in(columns))
                && !CONVERSATION.in(columns)
                && !SENDER.in(columns);
    }

    /** The form in which names are compared: "Sent at", "sent_at" and "sentAt" are one. */
    static String normal(String name) {
        String words = CAMEL.matcher(name.strip()).replaceAll("_").toLowerCase(Locale.ROOT);
        return SEPARATORS.matcher(words).replaceAll("_");
    }
}
