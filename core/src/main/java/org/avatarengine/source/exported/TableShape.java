package org.avatarengine.source.exported;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Predicate;
import org.avatarengine.event.Service;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/** How the records of one kind of file are to be understood. */
interface TableShape {
    /**
     * One message, whatever the file calls its fields.
     *
     * @param conversation what names the conversation; null for a message outside all of them
     * @param group whether the file says that the conversation is a group
     * @param sender address or name of who wrote it; null for the owner
     * @param senderName the sender's name where the file gives it beside an address
     * @param partner for own messages, the address of the other one, where the file gives it
     */
    record Line(
            @Nullable String id,
            @Nullable String conversation,
            @Nullable String conversationName,
            boolean group,
            @Nullable String sender,
            @Nullable String senderName,
            @Nullable String partner,
            boolean fromOwner,
            @Nullable Instant sentAt,
            String text,
            Service service,
            @Nullable String replyTo) {}

    /** @throws SourceException naming the record and field that cannot be read */
    Line read(Fields fields, String where) throws SourceException;

    /** Our own documented columns. */
    record Generic(Predicate<String> isMe, ZoneId zone) implements TableShape {
        @Override
        public Line read(Fields fields, String where) throws SourceException {
            String sender = fields.get("sender");
            boolean mine = fields.yes("from_me") || (sender != null && isMe.test(sender));
            if (sender == null && !mine) {
                throw new SourceException(where + "field \"sender\" is empty and \"from_me\" does not say true."
                        + " Name who wrote the message.");
            }
            String conversation = fields.get("conversation");
            if (conversation == null) {
                throw new SourceException(where + "field \"conversation\" is empty. Give each message the name or"
                        + " identifier of its conversation.");
            }
            String service = fields.get("service");
            return new Line(
                    fields.get("id"),
                    conversation,
                    conversation,
                    false,
                    mine ? null : sender,
                    fields.get("sender_name"),
                    null,
                    mine,
                    time(fields.get("sent_at"), "sent_at", zone, where),
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

    /** The JSON that the Python original's extractor writes: times are UTC without saying so. */
    record Original() implements TableShape {
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
                    name,
                    mine && room == null ? address : null,
                    mine,
                    fields.get("date") == null ? null : time(fields.get("date"), "date", ZoneId.of("UTC"), where),
                    fields.raw("body"),
                    Service.IMESSAGE,
                    null);
        }
    }

    private static Instant time(@Nullable String text, String field, ZoneId zone, String where) throws SourceException {
        if (text == null) {
            throw new SourceException(where + "field \"" + field + "\" is empty. Give each message its time.");
        }
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        try {
            boolean offset = iso.endsWith("Z") || iso.matches(".*T.*[+-]\\d\\d:?\\d\\d$");
            if (offset) {
                return OffsetDateTime.parse(iso).toInstant();
            }
            return iso.length() == 10
                    ? LocalDate.parse(iso).atStartOfDay(zone).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new SourceException(
                    where + "field \"" + field + "\" is not a time. Write it like 2024-05-01T18:30:00Z.", e);
        }
    }
}
