package org.avatarengine.source.imessage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.source.SourceException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A snapshot opened for reading, with the tables and columns of its macOS or iOS version. */
final class ChatDatabase implements AutoCloseable {
    private final Path file;
    private final Path shownAs;
    private final Connection connection;
    private final Map<String, Set<String>> columns = new HashMap<>();

    private ChatDatabase(Path file, Path shownAs, Connection connection) {
        this.file = file;
        this.shownAs = shownAs;
        this.connection = connection;
    }

    /**
     * Opens a copy of a Messages database.
     *
     * @param shownAs the file the user named, for error messages
     */
    static ChatDatabase open(Path file, Path shownAs) throws SourceException {
        ChatDatabase database = openAny(file, shownAs);
        try {
            if (OldSmsSchema.recognizes(database)) {
                OldSmsSchema.convert(database);
                database.readSchema();
            }
            for (String table : new String[] {"message", "handle", "chat", "chat_message_join"}) {
                if (!database.has(table)) {
                    throw new SourceException(
                            shownAs + " is an SQLite database, but not a Messages database: it has no table \"" + table
                                    + "\". Specify chat.db (macOS) or sms.db (iOS) with --db.");
                }
            }
            for (String column : new String[] {"guid", "date", "is_from_me", "handle_id"}) {
                if (!database.has("message", column)) {
                    throw new SourceException(shownAs + " has a table \"message\" without a column \"" + column
                            + "\". It is too old for this program, or another program has changed it.");
                }
            }
            database.index("chat_message_join", "message_id");
            database.index("message_attachment_join", "message_id");
            database.index("chat_recoverable_message_join", "message_id");
            return database;
        } catch (SQLException e) {
            database.close();
            throw explain(shownAs, e);
        } catch (SourceException e) {
            database.close();
            throw e;
        }
    }

    /** Opens any SQLite database and reads its schema. */
    static ChatDatabase openAny(Path file, Path shownAs) throws SourceException {
        Connection connection = null;
        try {
            connection = connect(file);
            ChatDatabase database = new ChatDatabase(file, shownAs, connection);
            database.readSchema();
            return database;
        } catch (SQLException e) {
            if (connection != null) {
                closeAfter(connection, e);
            }
            throw explain(shownAs, e);
        }
    }

    private static void closeAfter(Connection connection, SQLException first) {
        try {
            connection.close();
        } catch (SQLException e) {
            first.addSuppressed(e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setCacheSize(-32_768);
        config.setBusyTimeout(10_000);
        return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    }

    private void readSchema() throws SQLException {
        columns.clear();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT m.name, p.name FROM sqlite_master m"
                        + " JOIN pragma_table_info(m.name) p WHERE m.type = 'table'")) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1).toLowerCase(Locale.ROOT), t -> new HashSet<>())
                        .add(rows.getString(2).toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Creates an index for reading a join table by message, because some exports have none. The file is our copy. */
    private void index(String table, String column) throws SQLException {
        if (has(table)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE INDEX IF NOT EXISTS avatar_" + table + " ON " + table + " (" + column + ")");
            }
        }
    }

    boolean has(String table) {
        return columns.containsKey(table.toLowerCase(Locale.ROOT));
    }

    boolean has(String table, String column) {
        return columns.getOrDefault(table.toLowerCase(Locale.ROOT), Set.of()).contains(column.toLowerCase(Locale.ROOT));
    }

    /** The column, or NULL with its name if this version of the schema does not have it. */
    String column(String table, String alias, String column) {
        return has(table, column) ? alias + "." + column : "NULL AS " + column;
    }

    Connection connection() {
        return connection;
    }

    /** A further connection to the same copy, for another thread. */
    Connection another() throws SourceException {
        try {
            return connect(file);
        } catch (SQLException e) {
            throw explain(shownAs, e);
        }
    }

    SourceException explain(SQLException e) {
        return explain(shownAs, e);
    }

    /** Converts an SQLite error to a message for the user. */
    static SourceException explain(Path file, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        String text = switch (code) {
            case SQLITE_NOTADB ->
                file + " is not an SQLite database, or it is encrypted."
                        + " Specify chat.db (macOS) or sms.db (iOS) with --db.";
            case SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_SEQUENCE, SQLITE_CORRUPT_VTAB ->
                file + " is damaged or incomplete. Copy it again. If the original is damaged, repair it with:"
                        + " sqlite3 DAMAGED.db .recover | sqlite3 NEW.db";
            case SQLITE_FULL -> "The disk is full. Free some space and run the same command again.";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                file + " is locked by another program."
                        + " Quit that program, or copy the database together with its -wal file and import the copy.";
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                "Cannot open " + file + ". Check its owner and permissions.";
            default -> "Cannot read " + file + ": " + e.getMessage() + ".";
        };
        return new SourceException(text, e);
    }

    @Override
    public void close() throws SourceException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw explain(shownAs, e);
        }
    }
}
