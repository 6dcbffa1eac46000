package org.avatarengine.source.imessage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.source.imessage.RowDecoder.Context;
import org.avatarengine.source.typedstream.AttributedStringDecoder;

/** Reads ranges of rows with its own connection; one reader per thread. */
final class ChunkReader implements AutoCloseable {
    /** Deleted parts are kept as versions; edits of the same part have smaller numbers. */
    private static final int FIRST_DELETED_VERSION = 1000;

    private final Connection connection;
    private final RowDecoder decoder;
    private final PreparedStatement messages;
    private final PreparedStatement changed;
    private final List<PreparedStatement> chats = new ArrayList<>();
    private final List<PreparedStatement> attachments = new ArrayList<>();
    private final List<PreparedStatement> parts = new ArrayList<>();

    /** @param selection an additional condition on rows, or an empty string */
    ChunkReader(ChatDatabase db, Connection connection, RowDecoder decoder, String selection) throws SQLException {
        this.connection = connection;
        this.decoder = decoder;
        this.messages = connection.prepareStatement(MessageQuery.sql(db, selection));
        this.changed = connection.prepareStatement(MessageQuery.sql(db, selection + MessageQuery.changedAfter(db)));
        chats.add(connection.prepareStatement(
                "SELECT message_id, chat_id, 0 FROM chat_message_join WHERE message_id BETWEEN ? AND ?"));
        if (db.has("chat_recoverable_message_join")) {
            chats.add(connection.prepareStatement("SELECT message_id, chat_id, "
                    + (db.has("chat_recoverable_message_join", "delete_date") ? "delete_date" : "1")
                    + " FROM chat_recoverable_message_join WHERE message_id BETWEEN ? AND ?"));
        }
        if (db.has("recoverable_message_part", "part_text")) {
            parts.add(connection.prepareStatement("SELECT p.message_id, "
                    + db.column("recoverable_message_part", "p", "part_index") + ", p.part_text, "
                    + db.column("recoverable_message_part", "p", "delete_date")
                    + " FROM recoverable_message_part p WHERE p.message_id BETWEEN ? AND ?"
                    + " ORDER BY p.message_id, 2, 4"));
        }
        if (db.has("message_attachment_join") && db.has("attachment")) {
            attachments.add(connection.prepareStatement("SELECT j.message_id, a.guid, "
                    + db.column("attachment", "a", "transfer_name") + ", "
                    + db.column("attachment", "a", "filename") + ", "
                    + db.column("attachment", "a", "mime_type") + ", "
                    + db.column("attachment", "a", "uti") + ", "
                    + db.column("attachment", "a", "total_bytes") + ", "
                    + db.column("attachment", "a", "created_date") + ", "
                    + db.column("attachment", "a", "is_sticker") + ", "
                    + db.column("attachment", "a", "emoji_image_short_description")
                    + " FROM message_attachment_join j JOIN attachment a ON a.ROWID = j.attachment_id"
                    + " WHERE j.message_id BETWEEN ? AND ? ORDER BY j.message_id, a.ROWID"));
        }
    }

    /** The events of the rows from {@code first} to {@code last}. */
    List<Event> read(long first, long last) throws SQLException {
        messages.setLong(1, first);
        messages.setLong(2, last);
        return read(messages, first, last);
    }

    /** The events of rows of a range that changed after a time, which is in the database's unit. */
    List<Event> readChanged(long first, long last, long after) throws SQLException {
        changed.setLong(1, first);
        changed.setLong(2, last);
        changed.setLong(3, after);
        return read(changed, first, last);
    }

    private List<Event> read(PreparedStatement statement, long first, long last) throws SQLException {
        Map<Long, Context> contexts = contexts(first, last);
        List<Event> events = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Context context = contexts.getOrDefault(rows.getLong(MessageQuery.ROW), Context.NONE);
                events.add(decoder.decode(rows, context));
            }
        }
        return events;
    }

    private Map<Long, Context> contexts(long first, long last) throws SQLException {
        Map<Long, Context> contexts = new HashMap<>((int) Math.min(8192, (last - first + 1) * 2));
        for (PreparedStatement statement : chats) {
            statement.setLong(1, first);
            statement.setLong(2, last);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long chat = rows.getLong(2);
                    long deletedAt = rows.getLong(3);
                    contexts.merge(
                            rows.getLong(1),
                            new Context(new long[] {chat}, deletedAt, List.of(), List.of()),
                            (known, more) -> new Context(
                                    append(known.chats(), chat),
                                    Math.max(known.deletedAt(), more.deletedAt()),
                                    List.of(),
                                    List.of()));
                }
            }
        }
        for (Map.Entry<Long, List<Attachment>> entry : attachments(first, last).entrySet()) {
            Context known = contexts.getOrDefault(entry.getKey(), Context.NONE);
            contexts.put(entry.getKey(), new Context(known.chats(), known.deletedAt(), entry.getValue(), List.of()));
        }
        for (Map.Entry<Long, List<Message.Edit>> entry :
                recoverable(first, last).entrySet()) {
            Context known = contexts.getOrDefault(entry.getKey(), Context.NONE);
            contexts.put(
                    entry.getKey(),
                    new Context(known.chats(), known.deletedAt(), known.attachments(), entry.getValue()));
        }
        return contexts;
    }

    /** The texts of parts that were deleted while the rest of their message stayed. */
    private Map<Long, List<Message.Edit>> recoverable(long first, long last) throws SQLException {
        Map<Long, List<Message.Edit>> found = new HashMap<>();
        for (PreparedStatement statement : parts) {
            statement.setLong(1, first);
            statement.setLong(2, last);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] stream = rows.getBytes(3);
                    String text = stream == null
                            ? ""
                            : AttributedStringDecoder.decode(stream).text();
                    if (!text.isEmpty()) {
                        List<Message.Edit> texts = found.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>(1));
                        texts.add(new Message.Edit(
                                rows.getInt(2),
                                FIRST_DELETED_VERSION + texts.size(),
                                AppleTime.instant(rows.getLong(4)),
                                text));
                    }
                }
            }
        }
        return found;
    }

    private static long[] append(long[] chats, long chat) {
        long[] longer = Arrays.copyOf(chats, chats.length + 1);
        longer[chats.length] = chat;
        return longer;
    }

    private Map<Long, List<Attachment>> attachments(long first, long last) throws SQLException {
        Map<Long, List<Attachment>> found = new HashMap<>();
        for (PreparedStatement statement : attachments) {
            statement.setLong(1, first);
            statement.setLong(2, last);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>(1))
                            .add(attachment(rows));
                }
            }
        }
        return found;
    }

    private static Attachment attachment(ResultSet row) throws SQLException {
        long bytes = row.getLong(7); // 0 when the column is null
        return new Attachment(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                bytes <= 0 ? null : (Long) bytes,
                AppleTime.instant(row.getLong(8)),
                row.getLong(9) != 0,
                row.getString(10), // what a Genmoji or a sticker shows
                null);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
