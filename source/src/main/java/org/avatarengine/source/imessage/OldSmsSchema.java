package org.avatarengine.source.imessage;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The schema of {@code sms.db} up to iOS 5, which has no conversations and no addresses of their own: each message has
 * the address, iMessages in columns of their own ({@code madrid_…}). The private copy is converted to the later schema.
 *
 * <p>Source: descriptions of the database by forensic examiners. SMS have Unix times, iMessages seconds since 2001; the
 * second bit of {@code flags} and the third of {@code madrid_flags} say who sent a message.
 */
final class OldSmsSchema {
    private static final long EPOCH = AppleTime.EPOCH_SECONDS;

    private static final String IMESSAGE = "ifnull(o.is_madrid, 0) <> 0";

    private static final String ADDRESS = "CASE WHEN " + IMESSAGE + " THEN o.madrid_handle ELSE o.address END";

    private static final String SERVICE = "CASE WHEN " + IMESSAGE + " THEN 'iMessage' ELSE 'SMS' END";

    private static final String ROOM = "CASE WHEN " + IMESSAGE + " THEN nullif(o.madrid_roomname, '') ELSE NULL END";

    private OldSmsSchema() {}

    static boolean recognizes(ChatDatabase db) {
        return db.has("message", "address") && db.has("message", "flags") && !db.has("handle") && !db.has("chat");
    }

    static void convert(ChatDatabase db) throws SQLException {
        boolean groups = db.has("msg_group") && db.has("group_member");
        try (Statement statement = db.connection().createStatement()) {
            for (String sql : statements(db.has("message", "is_madrid"), groups)) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> statements(boolean iMessage, boolean groups) {
        String old = iMessage
                ? "old_message o"
                : "(SELECT *, ROWID AS row, 0 AS is_madrid, NULL AS madrid_handle, NULL AS madrid_roomname,"
                        + " NULL AS madrid_guid, 0 AS madrid_flags, NULL AS madrid_attributedBody,"
                        + " 0 AS madrid_date_read, 0 AS madrid_date_delivered FROM old_message) o";
        String row = iMessage ? "o.ROWID" : "o.row";
        // Members of an SMS group are in a table; the group's number is in each message.
        String members = groups ? "(SELECT count(*) FROM group_member g WHERE g.group_id = o.group_id)" : "0";
        String key = "ifnull(" + ROOM + ", CASE WHEN " + members + " > 1 THEN 'group' || o.group_id ELSE " + ADDRESS
                + " END)";
        return List.of(
                // Old triggers call functions that only the phone has.
                "PRAGMA writable_schema = 1",
                "DELETE FROM sqlite_master WHERE type = 'trigger'",
                "PRAGMA writable_schema = RESET",
                "ALTER TABLE message RENAME TO old_message",
                "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, country TEXT, service TEXT, UNIQUE (id, service))",
                "INSERT OR IGNORE INTO handle (id, service, country) SELECT " + ADDRESS + ", " + SERVICE
                        + ", o.country FROM " + old + " WHERE " + ADDRESS + " IS NOT NULL",
                groups
                        ? "INSERT OR IGNORE INTO handle (id, service) SELECT address, 'SMS' FROM group_member"
                        : "SELECT 1",
                "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT UNIQUE, style INTEGER, chat_identifier TEXT,"
                        + " service_name TEXT, old_group INTEGER)",
                "INSERT OR IGNORE INTO chat (guid, style, chat_identifier, service_name, old_group) SELECT " + SERVICE
                        + " || CASE WHEN " + key + " = " + ADDRESS + " THEN ';-;' ELSE ';+;' END || " + key
                        + ", CASE WHEN "
                        + key + " = " + ADDRESS + " THEN 45 ELSE 43 END, " + key + ", " + SERVICE + ", o.group_id FROM "
                        + old + " WHERE " + key + " IS NOT NULL",
                "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT UNIQUE, text TEXT, handle_id INTEGER,"
                        + " subject TEXT, attributedBody BLOB, service TEXT, date INTEGER, date_read INTEGER,"
                        + " date_delivered INTEGER, is_from_me INTEGER)",
                "INSERT INTO message SELECT " + row + ", ifnull(nullif(o.madrid_guid, ''), 'ios5-' || " + row
                        + " || '-' || o.date), o.text, ifnull((SELECT h.ROWID FROM handle h WHERE h.id = " + ADDRESS
                        + " AND h.service = " + SERVICE + "), 0), o.subject, o.madrid_attributedBody, " + SERVICE
                        + ", CASE WHEN " + IMESSAGE + " THEN o.date ELSE o.date - " + EPOCH + " END, "
                        + "ifnull(o.madrid_date_read, 0), ifnull(o.madrid_date_delivered, 0), CASE WHEN " + IMESSAGE
                        + " THEN (o.madrid_flags >> 2) & 1 ELSE o.flags & 1 END FROM " + old,
                "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER)",
                "INSERT INTO chat_message_join SELECT c.ROWID, " + row + " FROM " + old
                        + " JOIN chat c ON c.chat_identifier = " + key + " AND c.service_name = " + SERVICE,
                "CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE (chat_id, handle_id))",
                "INSERT OR IGNORE INTO chat_handle_join SELECT j.chat_id, m.handle_id FROM chat_message_join j"
                        + " JOIN message m ON m.ROWID = j.message_id WHERE m.handle_id <> 0",
                groups
                        ? "INSERT OR IGNORE INTO chat_handle_join SELECT c.ROWID, h.ROWID FROM chat c JOIN group_member g"
                                + " ON g.group_id = c.old_group JOIN handle h ON h.id = g.address AND h.service = 'SMS'"
                                + " WHERE c.style = 43 AND c.service_name = 'SMS'"
                        : "SELECT 1");
    }
}
