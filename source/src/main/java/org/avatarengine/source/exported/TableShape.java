package org.avatarengine.source.exported;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.function.Predicate;
import org.avatarengine.event.Service;
import org.avatarengine.source.IsoTime;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/** The interpretation of the records in one kind of file. */
interface TableShape {
    /**
     * One message, independent of the field names in the file.
     *
     * @param conversation the name of the conversation; null for a message without one
     * @param group whether the conversation is a group according to the file
     * @param sender the address or name of the sender; null for the owner
     * @param senderAsWritten the sender in the file, also when it is the owner
     * @param senderName the sender's name, if the file has it in addition to an address
     * @param partner for the owner's messages, the address of the other person, if the file has it
     * @param sentAt an {@link java.time.Instant} or, when the file gives no offset, a {@link java.time.LocalDateTime}
     */
    record Line(
            @Nullable String id,
            @Nullable String conversation,
            @Nullable String conversationName,
            boolean group,
            @Nullable String sender,
            @Nullable String senderAsWritten,
            @Nullable String senderName,
            @Nullable String partner,
            boolean fromOwner,
            @Nullable Temporal sentAt,
            String text,
            Service service,
            @Nullable String replyTo) {}

    /** @throws SourceException with the record and field that cannot be read */
    Line read(Fields fields, String where) throws SourceException;

    /** The zone of times without an offset. */
    ZoneId zone();

    /** The documented columns of this program. */
    record Generic(Predicate<String> isMe, ZoneId zone) implements TableShape {
        @Override
        public Line read(Fields fields, String where) throws SourceException {
            String sender = fields.get("sender");
            boolean mine = fields.yes("from_me") || (sender != null && isMe.test(sender));
            if (sender == null && !mine) {
                throw new SourceException(where
                        + "field \"sender\" is empty and \"from_me\" is not true. Add the sender of the message.");
            }
            String conversation = fields.get("conversation");
            if (conversation == null) {
                throw new SourceException(where + "field \"conversation\" is empty."
                        + " Add the name or identifier of the conversation to each message.");
            }
            String service = fields.get("service");
            return new Line(
                    fields.get("id"),
                    conversation,
                    conversation,
                    false,
                    mine ? null : sender,
                    sender,
                    fields.get("sender_name"),
                    null,
                    mine,
                    time(fields.get("sent_at"), "sent_at", where),
                    fields.raw("text"),
                    service == null ? Service.OTHER : service(service),
                    fields.get("reply_to"));
        }

        private static Service service(String name) {
            try {
                return Service.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                return Service.fromApple(name);
            }
        }
    }

    /** The JSON of the Python original's extractor. Its times are UTC, without an offset. */
    record Original() implements TableShape {
        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Line read(Fields fields, String where) throws SourceException {
            boolean mine = fields.yes("is_from_me");
            String address = fields.get("phone_number");
            String room = fields.get("cache_roomname");
            String groupName = fields.get("group_chat_name");
            String first = fields.get("first_name");
            String last = fields.get("last_name");
            String name = first == null ? last : last == null ? first : first + " " + last;
            String rowid = fields.get("rowid");
            return new Line(
                    rowid == null ? null : "rowid-" + rowid,
                    room != null ? room : address,
                    groupName,
                    room != null,
                    mine ? null : address,
                    address,
                    name,
                    mine && room == null ? address : null,
                    mine,
                    fields.get("date") == null ? null : time(fields.get("date"), "date", where),
                    fields.raw("body"),
                    Service.IMESSAGE,
                    null);
        }
    }

    private static Temporal time(@Nullable String text, String field, String where) throws SourceException {
        if (text == null) {
            throw new SourceException(where + "field \"" + field + "\" is empty. Add a time to each message.");
        }
        try {
            return IsoTime.parse(text);
        } catch (DateTimeException e) {
            throw new SourceException(
                    where + "field \"" + field + "\" is not a time. Use a form like 2024-05-01T18:30:00Z.", e);
        }
    }
}
