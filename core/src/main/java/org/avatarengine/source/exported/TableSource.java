package org.avatarengine.source.exported;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.avatarengine.event.Body;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.Provenance;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Batch;
import org.avatarengine.source.BatchSink;
import org.avatarengine.source.Digest;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * A table of messages in CSV or JSON. The file is read twice: first to check every record and learn who takes part
 * where, so that a bad file is refused before anything is stored; then to deliver the messages.
 */
public final class TableSource implements Source {
    private static final int BATCH = 4096;

    private final TableFile table;
    private final TableShape shape;
    private final HandleNormalizer normalizer;
    private final String id;
    private final Map<String, Thread> conversations = new LinkedHashMap<>();
    private final Map<String, Contact> contacts = new LinkedHashMap<>();
    private long rows;
    private long ownRows;

    /** A conversation while its members are being gathered. */
    private static final class Thread {
        private @Nullable String name;
        private boolean group;
        private Service service = Service.OTHER;
        private final Set<Handle> members = new LinkedHashSet<>();
    }

    private TableSource(TableFile table, TableShape shape, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        this.table = table;
        this.shape = shape;
        this.normalizer = normalizer;
        try {
            this.id = "table:" + Digest.of(table.file());
        } catch (IOException e) {
            throw EventFileSource.unreadable(table.file(), e);
        }
        table.read(this::survey);
        if (rows == 0) {
            throw new SourceException(table.file() + " holds no messages.");
        }
    }

    /**
     * Opens a table with the documented columns: conversation, sender, sent_at and text; and, where present, id,
     * from_me, sender_name, service and reply_to.
     *
     * @param json whether the records are JSON objects rather than rows of CSV
     * @param me the sender who is the owner, as the file writes the name; null when from_me tells
     * @param zone the time zone of times without an offset
     */
    public static TableSource generic(
            Path file, boolean json, @Nullable String me, ZoneId zone, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        Predicate<String> isMe = sender -> me != null && sender.equalsIgnoreCase(me);
        TableSource source = new TableSource(new TableFile(file, json), new TableShape.Generic(isMe, zone), normalizer);
        if (source.ownRows == 0) {
            throw new SourceException(file + " does not say which messages are yours. Name yourself as the file does,"
                    + " with --me NAME, or add a column from_me.");
        }
        return source;
    }

    /** Opens the JSON export of the Python original. */
    public static TableSource original(Path file, HandleNormalizer normalizer)
            throws SourceException, InterruptedException {
        return new TableSource(new TableFile(file, true), new TableShape.Original(), normalizer);
    }

    private String where(Fields fields) {
        return table.file() + ", row " + fields.row() + ": ";
    }

    private boolean survey(Fields fields) throws SourceException {
        TableShape.Line line = shape.read(fields, where(fields));
        rows++;
        ownRows += line.fromOwner() ? 1 : 0;
        String partner = line.sender() != null ? line.sender() : line.partner();
        Handle other = partner == null ? null : normalizer.normalize(partner);
        if (line.conversation() != null) {
            Thread thread = conversations.computeIfAbsent(line.conversation(), k -> new Thread());
            thread.name = line.conversationName();
            thread.group |= line.group();
            thread.service = line.service();
            if (other != null) {
                thread.members.add(other);
            }
        }
        if (other != null) {
            String name = line.senderName() != null
                    ? line.senderName()
                    : other.kind() == Handle.Kind.ACCOUNT ? other.raw().strip() : null;
            if (name != null) {
                contacts.putIfAbsent(
                        other.value(),
                        new Contact(
                                "table:" + other.value(),
                                name,
                                null,
                                null,
                                null,
                                null,
                                List.of(other),
                                List.of(),
                                false,
                                false));
            }
        }
        return true;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long remaining(Position from) {
        return Math.max(0, rows - from.row());
    }

    @Override
    public void read(Position from, BatchSink sink) throws SourceException, InterruptedException {
        if (!sink.accept(new Batch(introductions(), from))) {
            return;
        }
        Reading reading = new Reading(from, sink);
        table.read(reading::accept);
        reading.flush();
    }

    private List<Event> introductions() {
        List<Event> events = new ArrayList<>(contacts.values());
        conversations.forEach((name, thread) -> events.add(new Conversation(
                conversationId(name),
                thread.name,
                thread.service,
                List.copyOf(thread.members),
                thread.group || thread.members.size() > 1)));
        return events;
    }

    private static String conversationId(String name) {
        return "table:" + name;
    }

    /** One pass that delivers messages; {@code seen} tells twins apart where the file gives no identifiers. */
    private final class Reading {
        private final Position from;
        private final BatchSink sink;
        private final Map<String, Integer> seen = new HashMap<>();
        private List<Event> events = new ArrayList<>();
        private long count;

        Reading(Position from, BatchSink sink) {
            this.from = from;
            this.sink = sink;
        }

        boolean accept(Fields fields) throws SourceException, InterruptedException {
            count++;
            TableShape.Line line = shape.read(fields, where(fields));
            String key = messageId(line);
            if (count > from.row()) {
                events.add(message(line, key, fields.row()));
            }
            return events.size() < BATCH || flush();
        }

        boolean flush() throws InterruptedException {
            if (events.isEmpty()) {
                return true;
            }
            List<Event> full = events;
            events = new ArrayList<>();
            return sink.accept(
                    new Batch(full, new Position(count, full.getLast().id(), 0)));
        }

        private String messageId(TableShape.Line line) {
            if (line.id() != null) {
                return given(line, line.id());
            }
            String content =
                    line.conversation() + "\u0000" + line.sender() + "\u0000" + line.sentAt() + "\u0000" + line.text();
            byte[] digest = Digest.sha256().digest(content.getBytes(StandardCharsets.UTF_8));
            String hash = HexFormat.of().formatHex(digest, 0, 16);
            int twin = seen.merge(hash, 1, Integer::sum);
            return "table:" + hash + (twin == 1 ? "" : "-" + twin);
        }

        /** Identifiers are often just row numbers, so they count within their conversation only. */
        private String given(TableShape.Line line, String id) {
            return "table:" + line.conversation() + ":" + id;
        }

        private Message message(TableShape.Line line, String key, long row) {
            return new Message(
                    key,
                    line.conversation() == null ? List.of() : List.of(conversationId(line.conversation())),
                    line.sender() == null ? null : normalizer.normalize(line.sender()),
                    line.fromOwner(),
                    line.sentAt(),
                    null,
                    null,
                    null,
                    null,
                    line.service(),
                    null,
                    Body.ofText(line.text()),
                    List.of(),
                    List.of(),
                    line.replyTo() == null ? null : new Message.ReplyTo(given(line, line.replyTo()), 0),
                    List.of(),
                    null,
                    null,
                    new Provenance(id, row));
        }
    }

    @Override
    public void close() {
        // Files are open only while they are read.
    }
}
