package org.avatarengine.source.imessage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;

/** The small tables of a Messages database, held in memory: addresses, people and conversations. */
final class Directory {
    /** {@code chat.style} of a conversation with one other person; groups have 43. */
    private static final int STYLE_DIRECT = 45;

    private final Map<Long, Handle> handles = new HashMap<>();
    private final Map<String, Set<Handle>> together = new LinkedHashMap<>();
    private final List<Contact> contacts;
    private final ConversationGroups conversations;

    /**
     * Reads the tables.
     *
     * @param cards the cards of the address books
     * @param me the owner's name or address, as the user gave it; null if they gave none
     * @throws SourceException when it is open who the owner is
     */
    Directory(ChatDatabase db, HandleNormalizer normalizer, List<AddressBook.Card> cards, @Nullable String me)
            throws SQLException, SourceException {
        readHandles(db, normalizer);
        People people = new People(normalizer);
        cards.forEach(people::addCard);
        together.values().forEach(people::addTogether);
        Set<Handle> owner = new OwnerSearch(db, normalizer, people).addresses(senders(db), me);
        if (!owner.isEmpty()) {
            people.addOwner(owner);
        }
        this.contacts = people.contacts();
        this.conversations = new ConversationGroups(chats(db, normalizer), people::personOf);
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

    private List<ChatRow> chats(ChatDatabase db, HandleNormalizer normalizer) throws SQLException {
        Map<Long, List<Handle>> members = members(db);
        Map<Long, List<String>> lookups = lookups(db);
        String sql = "SELECT c.ROWID, c.guid, " + db.column("chat", "c", "style") + ", "
                + db.column("chat", "c", "chat_identifier") + ", " + db.column("chat", "c", "service_name") + ", "
                + db.column("chat", "c", "display_name") + ", " + db.column("chat", "c", "group_id") + ", "
                + db.column("chat", "c", "original_group_id") + " FROM chat c ORDER BY c.ROWID";
        List<ChatRow> chats = new ArrayList<>();
        try (Statement statement = db.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                long row = rows.getLong(1);
                List<Handle> others = members.getOrDefault(row, List.of());
                String guid = rows.getString(2);
                String identifier = blankToNull(rows.getString(4));
                boolean group = rows.getInt(3) != STYLE_DIRECT && (rows.getInt(3) != 0 || others.size() > 1);
                if (!group && others.isEmpty() && identifier != null) {
                    others = List.of(normalizer.normalize(identifier));
                }
                chats.add(new ChatRow(
                        row,
                        guid != null ? guid : "chat-" + row,
                        identifier,
                        Service.fromApple(rows.getString(5)),
                        blankToNull(rows.getString(6)),
                        Stream.of(blankToNull(rows.getString(7)), blankToNull(rows.getString(8)))
                                .filter(Objects::nonNull)
                                .toList(),
                        lookups.getOrDefault(row, List.of()),
                        others.stream().distinct().toList(),
                        group));
            }
        }
        return chats;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private Map<Long, List<Handle>> members(ChatDatabase db) throws SQLException {
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
        return members;
    }

    /** The names of each chat since macOS 26, which keeps one chat for all services. */
    private static Map<Long, List<String>> lookups(ChatDatabase db) throws SQLException {
        Map<Long, List<String>> lookups = new HashMap<>();
        if (db.has("chat_lookup", "identifier") && db.has("chat_lookup", "chat")) {
            try (Statement statement = db.connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT chat, identifier FROM chat_lookup ORDER BY chat, identifier")) {
                while (rows.next()) {
                    String identifier = blankToNull(rows.getString(2));
                    if (identifier != null) {
                        lookups.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>())
                                .add(identifier);
                    }
                }
            }
        }
        return lookups;
    }

    /** The addresses from which incoming messages come. */
    private Set<Handle> senders(ChatDatabase db) throws SQLException {
        Set<Handle> senders = new HashSet<>();
        try (Statement statement = db.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT h.ROWID FROM handle h WHERE EXISTS"
                        + " (SELECT 1 FROM message m WHERE m.handle_id = h.ROWID AND m.is_from_me = 0)")) {
            while (rows.next()) {
                Handle handle = handles.get(rows.getLong(1));
                if (handle != null) {
                    senders.add(handle);
                }
            }
        }
        return senders;
    }

    @Nullable
    Handle handle(long row) {
        return handles.get(row);
    }

    @Nullable
    Conversation conversation(long row) {
        return conversations.of(row);
    }

    /** The conversations by rows of the table {@code chat}; several rows can have the same. */
    Map<Long, Conversation> conversations() {
        return conversations.byRow();
    }

    /** The people of the address books, and the owner. */
    List<Contact> contacts() {
        return contacts;
    }
}
