package org.avatarengine.source.imessage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.Message;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.Filter;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;

/** A small Messages database for tests: one chat with Anna; tests add more. */
public final class TestMessages implements AutoCloseable {
    public static final String ANNA = "+12125550111";
    public static final String OWNER = "+12125550100";
    public static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    public final ChatDbWriter db;
    public final long anna;
    public final long chat;

    private TestMessages(ChatDbWriter db, long anna, long chat) {
        this.db = db;
        this.anna = anna;
        this.chat = chat;
    }

    public static TestMessages create(Path file) throws SQLException {
        ChatDbWriter db = ChatDbWriter.create(file);
        long anna = db.handle(ANNA, "iMessage", null);
        return new TestMessages(db, anna, db.directChat(ANNA, anna, OWNER));
    }

    /** A row with the columns of every message, and further columns as names and values. */
    public Map<String, Object> row(String guid, Object... more) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("guid", guid);
        row.put("date", NOON);
        row.put("handle_id", anna);
        row.put("service", "iMessage");
        row.put("is_from_me", 0);
        for (int i = 0; i < more.length; i += 2) {
            row.put((String) more[i], more[i + 1]);
        }
        return row;
    }

    /** Adds a plain-text message from Anna, a number of minutes after noon. */
    public void text(int minute, String text) throws SQLException {
        db.message(
                chat,
                row(
                        "G" + minute,
                        "date",
                        NOON.plusSeconds(60L * minute),
                        "attributedBody",
                        TypedstreamWriter.plain(text),
                        "is_from_me",
                        minute % 2));
    }

    public static Source open(Path file) throws SourceException {
        return open(file, Filter.ALL);
    }

    public static Source open(Path file, Filter filter) throws SourceException {
        return ChatDbSource.open(file, null, file.resolveSibling("work"), new HandleNormalizer("US"), filter, 2);
    }

    /** All events of a source from its start. */
    public static List<Event> events(Source source) throws SourceException, InterruptedException {
        List<Event> events = new ArrayList<>();
        source.read(Position.START, batch -> events.addAll(batch.events()) || true);
        return events;
    }

    /** All events that are rows of the message table. */
    public static List<Event> rows(Path file) throws SourceException, InterruptedException {
        try (Source source = open(file)) {
            return events(source).stream()
                    .filter(e -> !(e instanceof Conversation) && !(e instanceof org.avatarengine.event.Contact))
                    .toList();
        }
    }

    /** The only message of a database. */
    public static Message only(Path file) throws SourceException, InterruptedException {
        List<Event> rows = rows(file);
        if (rows.size() == 1 && rows.getFirst() instanceof Message message) {
            return message;
        }
        throw new AssertionError("expected one message, but there are " + rows);
    }

    @Override
    public void close() throws SQLException {
        db.close();
    }
}
