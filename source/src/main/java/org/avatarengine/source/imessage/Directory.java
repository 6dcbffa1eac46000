package org.avatarengine.source.imessage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.jspecify.annotations.Nullable;

/** The small tables of a Messages database, held in memory: addresses, conversations, and the owner's own addresses. */
final class Directory {
    /** {@code chat.style} of a conversation with one other person; groups have 43. */
    private static final int STYLE_DIRECT = 45;

    /** The number of newest messages that are searched for the owner's addresses. */
    private static final int OWNER_SAMPLE = 5000;

    private final Map<Long, Handle> handles = new HashMap<>();
    private final Map<String, Set<Handle>> together = new LinkedHashMap<>();
    private final Map<Long, Conversation> conversations = new LinkedHashMap<>();
    private final Set<Handle> owner = new LinkedHashSet<>();

    static Directory read(ChatDatabase db, HandleNormalizer normalizer) throws SQLException {
        Directory directory = new Directory();
        directory.readHandles(db, normalizer);
        directory.readConversations(db, normalizer);
        directory.readOwner(db, normalizer);
        return directory;
    }

    private void readHandles(ChatDatabase db, HandleNormalizer normalizer) throws SQLException {
        String sql = "SELECT h.ROWID, h.id, " + db.column("handle", "h", "country") + ", "
                + db.column("handle", "h", "person_centric_id") + " FROM handle h ORDER BY h.ROWID";
        try (Statement statement = db.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String id = rows.getString(2);
                if (id == null || id.isBlank()) {
                    continue;
                }
                Handle handle = normalizer.normalize(id, rows.getString(3));
                handles.put(rows.getLong(1), handle);
                String person = rows.getString(4);
                if (person != null && !person.isEmpty()) {
                    together.computeIfAbsent(person, k -> new LinkedHashSet<>()).add(handle);
                }
            }
        }
    }

    private void readConversations(ChatDatabase db, HandleNormalizer normalizer) throws SQLException {
        Map<Long, List<Handle>> members = new HashMap<>();
        if (db.has("chat_handle_join")) {
            try (Statement statement = db.connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT chat_id, handle_id FROM chat_handle_join ORDER BY chat_id, handle_id")) {
                while (rows.next()) {
                    Handle handle = handles.get(rows.getLong(2));
                    if (handle != null) {
                        members.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>())
                                .add(handle);
                    }
                }
            }
        }
        String sql = "SELECT c.ROWID, c.guid, " + db.column("chat", "c", "style") + ", "
                + db.column("chat", "c", "chat_identifier") + ", " + db.column("chat", "c", "service_name") + ", "
                + db.column("chat", "c", "display_name") + " FROM chat c ORDER BY c.ROWID";
        try (Statement statement = db.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                long row = rows.getLong(1);
                List<Handle> others = members.getOrDefault(row, List.of());
                String guid = rows.getString(2);
                String identifier = rows.getString(4);
                boolean group = rows.getInt(3) != STYLE_DIRECT && (rows.getInt(3) != 0 || others.size() > 1);
                if (!group && others.isEmpty() && identifier != null && !identifier.isBlank()) {
                    others = List.of(normalizer.normalize(identifier));
                }
                String name = rows.getString(6);
                conversations.put(
                        row,
                        new Conversation(
                                guid != null ? guid : "chat-" + row,
                                name == null || name.isBlank() ? null : name,
                                Service.fromApple(rows.getString(5)),
                                others.stream().distinct().toList(),
                                group));
            }
        }
    }

    private void readOwner(ChatDatabase db, HandleNormalizer normalizer) throws SQLException {
        List<String> queries = new ArrayList<>();
        for (String column : new String[] {"last_addressed_handle", "account_login"}) {
            if (db.has("chat", column)) {
                queries.add("SELECT DISTINCT " + column + " FROM chat");
            }
        }
        if (db.has("message", "destination_caller_id")) {
            queries.add("SELECT DISTINCT destination_caller_id FROM (SELECT destination_caller_id FROM message"
                    + " ORDER BY ROWID DESC LIMIT " + OWNER_SAMPLE + ")");
        }
        for (String query : queries) {
            try (Statement statement = db.connection().createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    String address = rows.getString(1);
                    if (address != null && !address.isBlank() && !address.equals("E:") && !address.equals("P:")) {
                        owner.add(normalizer.normalize(address));
                    }
                }
            }
        }
    }

    @Nullable
    Handle handle(long row) {
        return handles.get(row);
    }

    @Nullable
    Conversation conversation(long row) {
        return conversations.get(row);
    }

    Map<Long, Conversation> conversations() {
        return conversations;
    }

    /** Sets of addresses that Apple assigns to the same person. */
    Iterable<Set<Handle>> together() {
        return together.values();
    }

    Set<Handle> owner() {
        return owner;
    }
}
