package org.avatarengine.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.avatarengine.failure.UsageException;
import org.avatarengine.files.PrivateFiles;
import org.jspecify.annotations.Nullable;

/** The ledger's SQLite file: its schema, its transactions, and statements with their parameters. */
final class LedgerFile implements AutoCloseable {
    /** The version of the file's schema, in {@code PRAGMA user_version}. A file of a newer program is not changed. */
    private static final int VERSION = 2;

    private static final String[] SCHEMA = {
        """
        CREATE TABLE IF NOT EXISTS requests (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, session TEXT NOT NULL, operation TEXT NOT NULL,
            model TEXT NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL,
            cache_write_1h INTEGER NOT NULL, cache_read INTEGER NOT NULL, tier TEXT, batch INTEGER NOT NULL, region TEXT,
            latency_ms INTEGER NOT NULL, request_id TEXT, cost_pico INTEGER NOT NULL, uncached_pico INTEGER NOT NULL,
            confirmed INTEGER NOT NULL, thinking INTEGER NOT NULL DEFAULT 0)""", "CREATE INDEX IF NOT EXISTS requests_at ON requests (at)", """
        CREATE TABLE IF NOT EXISTS reservations (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, pid INTEGER NOT NULL, pid_started INTEGER NOT NULL,
            session TEXT NOT NULL, operation TEXT NOT NULL, model TEXT NOT NULL, prompt INTEGER NOT NULL,
            output INTEGER NOT NULL, batch INTEGER NOT NULL, region TEXT, worst_pico INTEGER NOT NULL,
            batch_id TEXT, key TEXT, person TEXT, sent INTEGER NOT NULL DEFAULT 0)""", """
        CREATE TABLE IF NOT EXISTS results (
            key TEXT PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID""", """
        CREATE TABLE IF NOT EXISTS limits (
            id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL, rate REAL NOT NULL, concurrent REAL NOT NULL,
            most_rate INTEGER, input INTEGER, output INTEGER, blocked_until INTEGER NOT NULL)"""
    };

    private final Connection connection;

    private LedgerFile(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the file. If it does not exist, it is created with access for its owner only.
     *
     * @throws UsageException when the file cannot be used
     */
    static LedgerFile open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (!Files.exists(file)) {
                PrivateFiles.createEmpty(file);
            }
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL"); // a paid request must not be lost
                statement.execute("PRAGMA secure_delete = ON"); // deleted answers are overwritten
                // Locked, so that only one of two processes that open an older file at once changes it.
                statement.execute("BEGIN IMMEDIATE");
                int version = statement.executeQuery("PRAGMA user_version").getInt(1);
                if (version > VERSION) {
                    throw new SQLException("a newer program made it");
                }
                if (version == 1) {
                    statement.execute("ALTER TABLE requests ADD COLUMN thinking INTEGER NOT NULL DEFAULT 0");
                }
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
                statement.execute("COMMIT");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new LedgerFile(connection);
        } catch (IOException | SQLException e) {
            throw new UsageException(
                    "The usage ledger " + file + " cannot be used: " + e.getMessage()
                            + ". Check the folder and the free space, or move the file away to begin a new one.",
                    e);
        }
    }

    /** Rewrites the file without free pages, and empties the write-ahead log, which holds earlier pages. */
    void compact() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new UsageException("The usage ledger could not be written: " + e.getMessage() + ".", e);
        }
    }

    Connection connection() {
        return connection;
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Reads a value from the current row of a result. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs work with the file locked, so that two processes cannot both reserve the rest of a budget. */
    <T> T transaction(Work<T> work) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            boolean done = false;
            try {
                T result = work.run();
                statement.execute("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    statement.execute("ROLLBACK");
                }
            }
        } catch (SQLException e) {
            throw new UsageException("The usage ledger could not be written: " + e.getMessage() + ".", e);
        }
    }

    /** Runs a statement that changes rows, and returns their number. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Inserts a row and returns its id. */
    long insert(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            bind(statement, values);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /** The number in the first column of the first row; 0 if there is no row. */
    long number(String sql, Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    /** The value read from the first row. */
    <T> Optional<T> first(String sql, Reader<T> reader, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new UsageException("The usage ledger could not be closed: " + e.getMessage() + ".", e);
        }
    }
}
