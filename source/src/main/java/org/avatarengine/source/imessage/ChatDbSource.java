package org.avatarengine.source.imessage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Batch;
import org.avatarengine.source.BatchSink;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Position;
import org.avatarengine.source.Selection;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * Apple's {@code chat.db} or {@code sms.db}, read from a private snapshot.
 *
 * <p>Several threads read ranges of rows, which are delivered in order. Changes to rows from an earlier run (edits,
 * deletions, read receipts) come first, then the new rows. {@link Position#changedThrough()} is in the database's unit
 * of time.
 */
public final class ChatDbSource implements Source {
    /** Rows per batch: large enough to spread the cost of a transaction, small enough to hold a few in memory. */
    static final int CHUNK_ROWS = 4096;

    /**
     * A change made on another device arrives with its original time, so changes up to a week older than the latest one
     * seen are read again.
     */
    private static final long LATE_SECONDS = 7 * 24 * 3600L;

    /** Times up to this are whole seconds; see {@link AppleTime}. */
    private static final long LARGEST_SECONDS = 1_000_000_000_000L;

    private final Snapshot snapshot;
    private final ChatDatabase database;
    private final Filter filter;
    private final Directory directory;
    private final List<Contact> contacts;
    private final String id;
    private final Selection selection;
    private final String condition;
    private final long latestChange;
    private final long lateness;
    private final int readers;

    private ChatDbSource(
            Snapshot snapshot,
            ChatDatabase database,
            HandleNormalizer normalizer,
            List<AddressBook.Card> cards,
            @Nullable String me,
            Filter filter,
            int readers)
            throws SQLException, SourceException {
        this.snapshot = snapshot;
        this.database = database;
        this.filter = filter;
        this.readers = readers;
        this.directory = new Directory(database, normalizer, cards, me);
        this.contacts = directory.contacts();
        this.id = fingerprint() + (filter.selective() ? "#" + filter.key() : "");
        this.selection = new Selection(filter);
        contacts.forEach(selection::learn);
        this.condition = condition();
        this.latestChange = latestChange();
        this.lateness = latestChange < LARGEST_SECONDS ? LATE_SECONDS : LATE_SECONDS * 1_000_000_000L;
    }

    /**
     * Opens a Messages database.
     *
     * @param file {@code chat.db}, {@code sms.db} or a copy of one
     * @param addressBook an address book file or folder, or null for none
     * @param workFolder the folder for the private copy
     * @param readers the number of reading threads, at least 1
     */
    public static ChatDbSource open(
            Path file,
            @Nullable Path addressBook,
            Path workFolder,
            HandleNormalizer normalizer,
            Filter filter,
            int readers)
            throws SourceException {
        return open(file, addressBook, workFolder, normalizer, null, filter, readers);
    }

    /**
     * Opens a Messages database.
     *
     * @param me the owner's name or address, where the database leaves it open; else null
     */
    public static ChatDbSource open(
            Path file,
            @Nullable Path addressBook,
            Path workFolder,
            HandleNormalizer normalizer,
            @Nullable String me,
            Filter filter,
            int readers)
            throws SourceException {
        List<AddressBook.Card> cards = addressBook == null ? List.of() : AddressBook.read(addressBook, workFolder);
        Snapshot snapshot = Snapshot.of(file, workFolder);
        ChatDatabase database = null;
        try {
            database = ChatDatabase.open(snapshot.database(), file);
            return new ChatDbSource(snapshot, database, normalizer, cards, me, filter, readers);
        } catch (SQLException e) {
            if (database != null) {
                database.close();
            }
            snapshot.close();
            throw ChatDatabase.explain(file, e);
        } catch (SourceException e) {
            if (database != null) {
                database.close();
            }
            snapshot.close();
            throw e;
        }
    }

    /** Identifies the data by its first message, which is the same in every copy of a database. */
    private String fingerprint() throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet first = statement.executeQuery("SELECT ROWID, guid FROM message ORDER BY ROWID LIMIT 1")) {
            String text = first.next() ? first.getLong(1) + " " + first.getString(2) : "empty";
            return "imessage:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String condition() throws SQLException, SourceException {
        StringBuilder sql = new StringBuilder();
        if (filter.since() != null) {
            sql.append(compared(">=", AppleTime.nanos(filter.since())));
        }
        if (filter.until() != null) {
            sql.append(compared("<", AppleTime.nanos(filter.until())));
        }
        if (selection.byConversation()) {
            List<Long> chats = new ArrayList<>();
            directory.conversations().forEach((row, conversation) -> {
                if (selection.wants(conversation)) {
                    chats.add(row);
                }
            });
            if (chats.isEmpty()) {
                throw new SourceException("No conversation matches --chat or --person."
                        + " Use a name, a part of one, or an address as it is in the address book.");
            }
            String list = chats.toString().replace('[', '(').replace(']', ')');
            sql.append(" AND (m.ROWID IN (SELECT message_id FROM chat_message_join WHERE chat_id IN ")
                    .append(list)
                    .append(')');
            if (database.has("chat_recoverable_message_join")) {
                sql.append(" OR m.ROWID IN (SELECT message_id FROM chat_recoverable_message_join WHERE chat_id IN ")
                        .append(list)
                        .append(')');
            }
            sql.append(')');
        }
        return sql.toString();
    }

    /** Compares each row in its own unit: a database that was carried along since macOS 10.12 has both. */
    private static String compared(String operator, long nanos) {
        return " AND CASE WHEN abs(m.date) < " + LARGEST_SECONDS + " THEN m.date " + operator + " "
                + Math.floorDiv(nanos, 1_000_000_000L) + " ELSE m.date " + operator + " " + nanos + " END";
    }

    private long latestChange() throws SQLException {
        List<String> columns = new ArrayList<>();
        for (String column : new String[] {"date_edited", "date_retracted", "date_read", "date_delivered"}) {
            if (database.has("message", column)) {
                columns.add("ifnull(max(" + column + "), 0)");
            }
        }
        if (database.has("chat_recoverable_message_join", "delete_date")) {
            columns.add("(SELECT ifnull(max(delete_date), 0) FROM chat_recoverable_message_join)");
        }
        // One pass over the table for all columns; max() with several arguments returns the largest.
        columns.add("0");
        columns.add("0");
        return number("SELECT max(" + String.join(", ", columns) + ") FROM message");
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    @Override
    public String id() {
        return id;
    }

    /** 1: one conversation for all services, and whose words a text is; 2: translations. */
    @Override
    public int version() {
        return 2;
    }

    /** The people of the address books, and the owner, as known without the graph. */
    public List<Contact> contacts() {
        return contacts;
    }

    @Override
    public long remaining(Position from) throws SourceException {
        try {
            long rows = number("SELECT count(*) FROM message m WHERE m.ROWID > "
                    + start(from).row() + condition);
            return Math.min(filter.limit(), rows);
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }

    /** The given position, or the start if the row at that position is no longer the same message. */
    private Position start(Position from) throws SQLException {
        if (from.row() == 0) {
            return from;
        }
        try (PreparedStatement statement =
                database.connection().prepareStatement("SELECT guid FROM message WHERE ROWID = ?")) {
            statement.setLong(1, from.row());
            try (ResultSet row = statement.executeQuery()) {
                boolean same = row.next() && String.valueOf(row.getString(1)).equals(from.rowId());
                return same ? from : Position.START;
            }
        }
    }

    @Override
    public void read(Position from, BatchSink sink) throws SourceException, InterruptedException {
        try {
            Position start = start(from);
            if (!sink.accept(new Batch(introductions(), start))) {
                return;
            }
            long allowed = filter.limit();
            if (start.row() > 0) {
                Position after = new Position(start.row(), start.rowId(), latestChange);
                if (!deliverChanges(start, after, sink)) {
                    return;
                }
                start = after;
            }
            deliverNew(new Position(start.row(), start.rowId(), latestChange), allowed, sink);
        } catch (SQLException e) {
            throw database.explain(e);
        }
    }

    private List<Event> introductions() {
        List<Event> events = new ArrayList<>(contacts);
        for (Conversation conversation :
                new LinkedHashSet<>(directory.conversations().values())) {
            if (selection.wants(conversation)) {
                events.add(conversation);
            }
        }
        return events;
    }

    private boolean deliverChanges(Position start, Position after, BatchSink sink)
            throws SQLException, SourceException, InterruptedException {
        try (ChunkReader reader = reader()) {
            for (long first = next(0); first > 0 && first <= start.row(); ) {
                long last = Math.min(start.row(), first + 16L * CHUNK_ROWS - 1);
                List<Event> events = reader.readChanged(first, last, start.changedThrough() - lateness);
                if (!events.isEmpty() && !sink.accept(new Batch(events, start))) {
                    return false;
                }
                first = next(last);
            }
        }
        return sink.accept(new Batch(List.of(), after));
    }

    private ChunkReader reader() throws SQLException, SourceException {
        return new ChunkReader(database, database.another(), new RowDecoder(directory, sourceName()), condition);
    }

    /** Provenance identifies the data, independent of the imported selection. */
    private String sourceName() {
        int selected = id.indexOf('#');
        return selected < 0 ? id : id.substring(0, selected);
    }

    /**
     * The first row number after a given one; 0 when there is none. Ranges start there, because the numbers have large
     * gaps.
     */
    private long next(long row) throws SQLException {
        return number("SELECT ROWID FROM message WHERE ROWID > " + row + " ORDER BY ROWID LIMIT 1");
    }

    private void deliverNew(Position start, long allowed, BatchSink sink)
            throws SQLException, SourceException, InterruptedException {
        BlockingQueue<ChunkReader> idle = new ArrayBlockingQueue<>(readers);
        ExecutorService pool = Executors.newFixedThreadPool(
                readers, Thread.ofPlatform().daemon().name("chat-reader-", 0).factory());
        Deque<Future<List<Event>>> ahead = new ArrayDeque<>();
        try {
            for (int i = 0; i < readers; i++) {
                idle.add(reader());
            }
            long nextFirst = next(start.row());
            long left = allowed;
            while (left > 0 && (nextFirst > 0 || !ahead.isEmpty())) {
                while (nextFirst > 0 && ahead.size() < 2 * readers) {
                    long first = nextFirst;
                    long last = first + CHUNK_ROWS - 1;
                    ahead.add(pool.submit(chunk(idle, first, last)));
                    nextFirst = next(last);
                }
                List<Event> events = ahead.remove().get();
                if (events.size() > left) {
                    events = events.subList(0, (int) left);
                }
                left -= events.size();
                if (!events.isEmpty()) {
                    Position after = after(events.getLast(), start.changedThrough());
                    if (!sink.accept(new Batch(events, after))) {
                        return;
                    }
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException sql -> throw database.explain(sql);
                case RuntimeException bug -> throw bug;
                case Error fatal -> throw fatal;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            ahead.forEach(read -> read.cancel(false));
            // Running reads are not cancelled, because closing their connection would crash SQLite.
            pool.close();
            for (ChunkReader reader : idle) {
                reader.close();
            }
        }
    }

    private static Callable<List<Event>> chunk(BlockingQueue<ChunkReader> idle, long first, long last) {
        return () -> {
            ChunkReader reader = idle.take();
            try {
                return reader.read(first, last);
            } finally {
                idle.add(reader);
            }
        };
    }

    private static Position after(Event last, long changedThrough) {
        long row = switch (last) {
            case org.avatarengine.event.Message m -> m.provenance().row();
            case org.avatarengine.event.Reaction r -> r.provenance().row();
            case org.avatarengine.event.GroupChange g -> g.provenance().row();
            case Contact c -> throw new IllegalStateException("a contact has no row");
            case Conversation c -> throw new IllegalStateException("a conversation has no row");
        };
        return new Position(row, last.id(), changedThrough);
    }

    @Override
    public void close() throws SourceException {
        try {
            database.close();
        } finally {
            snapshot.close();
        }
    }
}
