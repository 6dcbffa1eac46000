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
     * @param formerId the identifier in the file, if the first version of this program used it, but files of one person
     *     contradict each other in it
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
            @Nullable String formerId,
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

    /**
     * The documented columns of this program, also under other usual names.
     *
     * @param whole the conversation of all messages in a file that has no column for it; null when it has one
     */
    record Generic(
            Predicate<String> isMe, ZoneId zone, @Nullable String whole) implements TableShape {
        @Override
        public Line read(Fields fields, String where) throws SourceException {
            String sender = fields.get(Columns.SENDER);
            boolean mine = fields.yes(Columns.FROM_ME) || (sender != null && isMe.test(sender));
            if (sender == null && !mine) {
                throw new SourceException(where
                        + "field \"sender\" is empty and \"from_me\" is not true. Add the sender of the message.");
            }
            String conversation = fields.get(Columns.CONVERSATION);
            if (conversation == null && whole == null) {
                throw new SourceException(where + "field \"conversation\" is empty."
                        + " Add the name or identifier of the conversation to each message.");
            }
            String service = fields.get(Columns.SERVICE);
            return new Line(
                    conversation == null ? null : fields.get(Columns.ID),
                    null,
                    conversation == null ? whole : conversation,
                    conversation,
                    false,
                    mine ? null : sender,
                    sender,
                    fields.get(Columns.SENDER_NAME),
                    null,
                    mine,
                    time(fields.get(Columns.TIME), "sent_at", where),
                    fields.raw(Columns.TEXT),
                    service == null ? Service.OTHER : service(service),
                    conversation == null ? null : fields.get(Columns.REPLY_TO));
        }

        private static Service service(String name) {
            try {
                return Service.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                return Service.fromApple(name);
            }
        }
    }

    /**
     * The messages of the Python original: as JSON of its extractor, or as the database that it keeps. Its times are UTC,
     * without an offset. Its numbers of rows differ from file to file, so sender, time and text identify a message.
     */
    record Original() implements TableShape {
        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Line read(Fields fields, String where) throws SourceException {
            boolean mine = fields.yes(Columns.FROM_ME);
            String address = fields.get(Columns.PARTNER);
            String room = fields.get(Columns.ROOM);
            String groupName = fields.get(Columns.ROOM_NAME);
            String first = fields.get("first_name");
            String last = fields.get("last_name");
            String name = first == null ? last : last == null ? first : first + " " + last;
            String date = fields.get(Columns.TIME);
            Temporal at = date == null ? null : time(date, "date", where);
            String rowid = fields.get("rowid");
            return new Line(
                    null,
                    rowid == null ? null : "rowid-" + rowid,
                    room != null ? room : address,
                    groupName,
                    room != null,
                    mine ? null : address,
                    (mine ? "to " : "") + (address == null ? "" : address),
                    mine && room != null ? null : name,
                    mine && room == null ? address : null,
                    mine,
                    at == null ? null : IsoTime.at(at, zone()),
                    fields.raw(Columns.TEXT),
                    Service.IMESSAGE,
                    null);
        }
    }

    private static Temporal time(@Nullable String text, String field, String where) throws SourceException {
        if (text == null) {
            throw new SourceException(where + "field \"" + field + "\" is empty. Add a time to each message.");
        }
        try {
            return WrittenTime.parse(text);
        } catch (DateTimeException e) {
            throw new SourceException(
                    where + "field \"" + field + "\" is not a time. Use a form like 2024-05-01T18:30:00Z.", e);
        }
    }
}
