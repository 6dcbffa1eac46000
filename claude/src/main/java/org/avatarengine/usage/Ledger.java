package org.avatarengine.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import org.avatarengine.failure.BudgetSpent;
import org.avatarengine.failure.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * The record of all requests, in a SQLite file (WAL) that several processes may use at once.
 *
 * <p>A request goes through three states. It is <em>reserved</em> at the most it can cost before it is sent; it is
 * <em>recorded</em> with what it did cost, in the same transaction as its result; or it is <em>released</em> when it was
 * certainly not billed. If its process has died after
 * sending it, it is counted as spent at the most it can have cost, and marked as not confirmed.
 */
public final class Ledger implements AutoCloseable {
    /** The number of the file's schema, in {@code PRAGMA user_version}; a newer program's file is left alone. */
    private static final int VERSION = 1;

    private static final String[] SCHEMA = {"""
        CREATE TABLE IF NOT EXISTS requests (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, session TEXT NOT NULL, operation TEXT NOT NULL,
            model TEXT NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL,
            cache_write_1h INTEGER NOT NULL, cache_read INTEGER NOT NULL, tier TEXT, batch INTEGER NOT NULL, region TEXT,
            latency_ms INTEGER NOT NULL, request_id TEXT, cost_pico INTEGER NOT NULL, uncached_pico INTEGER NOT NULL,
            confirmed INTEGER NOT NULL)""", "CREATE INDEX IF NOT EXISTS requests_at ON requests (at)", """
        CREATE TABLE IF NOT EXISTS reservations (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, pid INTEGER NOT NULL, pid_started INTEGER NOT NULL,
            session TEXT NOT NULL, operation TEXT NOT NULL, model TEXT NOT NULL, prompt INTEGER NOT NULL,
            output INTEGER NOT NULL, batch INTEGER NOT NULL, region TEXT, worst_pico INTEGER NOT NULL,
            batch_id TEXT, key TEXT, person TEXT, sent INTEGER NOT NULL DEFAULT 0)""", """
        CREATE TABLE IF NOT EXISTS results (
            key TEXT PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID"""};

    private final Connection connection;
    private final PriceList prices;
    private final Clock clock;

    private Ledger(Connection connection, PriceList prices, Clock clock) {
        this.connection = connection;
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * Opens the ledger, which is created if need be, for its owner only.
     *
     * @param clock gives the time and the zone in which days begin
     * @throws UsageException when the file cannot be used
     */
    public static Ledger open(Path file, PriceList prices, Clock clock) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (!Files.exists(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL"); // what was paid for must not be forgotten
                int version = statement.executeQuery("PRAGMA user_version").getInt(1);
                if (version > VERSION) {
                    throw new SQLException("a newer program made it");
                }
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            Ledger ledger = new Ledger(connection, prices, clock);
            ledger.settleTheDead();
            return ledger;
        } catch (IOException | SQLException e) {
            throw new UsageException(
                    "The usage ledger " + file + " cannot be used: " + e.getMessage()
                            + ". Check the folder and the free space, or move the file away to begin a new one.",
                    e);
        }
    }

    /** A place kept in the budget for a request. */
    public record Reservation(long id, Usd worst) {}

    /**
     * Keeps a place in the budget before a request is sent.
     *
     * @param prompt the longest the prompt can be, in tokens
     * @param maxOutput the longest the output can be, in tokens
     * @param hour whether it writes to the cache for an hour
     * @throws BudgetSpent when the request could go over a limit; nothing is kept then
     */
    public synchronized Reservation reserve(
            String session, String operation, Terms terms, long prompt, long maxOutput, boolean hour, Budget budget) {
        Usd worst = prices.worst(terms, prompt, maxOutput, hour);
        return transaction(() -> {
            check("this run", spent(0, session).plus(worst), budget.run());
            check("today", spent(startOfDay(), null).plus(worst), budget.day());
            check("this month", spent(startOfMonth(), null).plus(worst), budget.month());
            long tokens = number(
                    "SELECT coalesce(sum(input + output + cache_write_5m + cache_write_1h + cache_read), 0)"
                            + " FROM requests WHERE at >= ?",
                    startOfDay());
            if (budget.stopAtTokens() && tokens + prompt + maxOutput > budget.dailyTokens()) {
                throw new BudgetSpent(String.format(
                        Locale.ROOT,
                        "The next request could go over today's %,d tokens. What is done so far is kept; run the same"
                                + " command tomorrow, or raise limits.daily_tokens.",
                        budget.dailyTokens()));
            }
            ProcessHandle self = ProcessHandle.current();
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO reservations (at, pid, pid_started, session, operation, model, prompt, output, batch,"
                            + " region, worst_pico) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    Statement.RETURN_GENERATED_KEYS)) {
                bind(
                        insert,
                        terms.at().toEpochMilli(),
                        self.pid(),
                        started(self),
                        session,
                        operation,
                        terms.model(),
                        prompt,
                        maxOutput,
                        terms.batch() ? 1 : 0,
                        terms.region(),
                        worst.pico());
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    return new Reservation(keys.getLong(1), worst);
                }
            }
        });
    }

    private static void check(String what, Usd would, Usd limit) {
        if (would.compareTo(limit) > 0) {
            throw new BudgetSpent("The next request could bring " + what + " to " + would + ", over the budget of "
                    + limit + ". What is done so far is kept; raise the budget and run the same command to go on.");
        }
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Notes that a request is about to be sent: should this process die now, it counts as spent. */
    public synchronized void sending(Reservation reservation) {
        transaction(() -> update("UPDATE reservations SET sent = 1 WHERE id = ?", reservation.id()));
    }

    /**
     * Notes that a request is in a batch of the Message Batches API, which outlives this process.
     *
     * @param key what its result will be found under
     */
    public synchronized void awaitBatch(Reservation reservation, String batchId, String key, String person) {
        transaction(() -> update(
                "UPDATE reservations SET batch_id = ?, key = ?, person = ? WHERE id = ?",
                batchId,
                key,
                person,
                reservation.id()));
    }

    /** A request in a batch whose result has not been fetched. */
    public record Waiting(Reservation reservation, String batchId, Instant sentAt) {}

    /** The batch in which the request with a key waits. */
    public synchronized Optional<Waiting> waiting(String key) {
        return transaction(() -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT id, worst_pico, batch_id, at FROM reservations WHERE key = ? AND batch_id IS NOT NULL")) {
                bind(select, key);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new Waiting(
                                    new Reservation(rows.getLong(1), new Usd(rows.getLong(2))),
                                    rows.getString(3),
                                    Instant.ofEpochMilli(rows.getLong(4))))
                            : Optional.empty();
                }
            }
        });
    }

    /** Records a request that was billed but brought nothing, such as one whose answer was cut off. */
    public synchronized Usd note(Request request) {
        return transaction(() -> insert(request));
    }

    /** Gives a place back: the request was certainly not billed. */
    public synchronized void release(Reservation reservation) {
        transaction(() -> update("DELETE FROM reservations WHERE id = ?", reservation.id()));
    }

    /**
     * Records what a request did cost, together with its result, and gives its place back.
     *
     * @param key what the result is found under, or null for none
     * @param person the id of the person whom the result is about, by which it can be forgotten
     * @return the cost
     */
    public synchronized Usd record(
            Reservation reservation, Request request, @Nullable String key, String person, @Nullable String result) {
        return transaction(() -> {
            Usd cost = insert(request);
            update("DELETE FROM reservations WHERE id = ?", reservation.id());
            if (key != null && result != null) {
                update(
                        "INSERT OR REPLACE INTO results (key, at, person, body) VALUES (?, ?, ?, ?)",
                        key,
                        clock.millis(),
                        person,
                        result);
            }
            return cost;
        });
    }

    private Usd insert(Request request) throws SQLException {
        Terms terms = request.terms();
        TokenCounts tokens = request.tokens();
        Usd cost = prices.cost(terms, tokens);
        update(
                "INSERT INTO requests (at, session, operation, model, input, output, cache_write_5m, cache_write_1h,"
                        + " cache_read, tier, batch, region, latency_ms, request_id, cost_pico, uncached_pico, confirmed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                terms.at().toEpochMilli(),
                request.session(),
                request.operation(),
                terms.model(),
                tokens.input(),
                tokens.output(),
                tokens.cacheWrite5m(),
                tokens.cacheWrite1h(),
                tokens.cacheRead(),
                request.tier(),
                terms.batch() ? 1 : 0,
                terms.region(),
                request.latency().toMillis(),
                request.requestId(),
                cost.pico(),
                prices.costWithoutCache(terms, tokens).pico(),
                request.confirmed() ? 1 : 0);
        return cost;
    }

    /** The result of a request that was made before. */
    public synchronized Optional<String> result(String key) {
        return transaction(() -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT body FROM results WHERE key = ?")) {
                bind(select, key);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /** Removes the results about a person. */
    public synchronized int forget(String person) {
        return transaction(() -> update("DELETE FROM results WHERE person = ?", person));
    }

    /** Where the day stands, with requests under way at the most they can cost. */
    public synchronized Balance balance(Budget budget) {
        return transaction(() -> new Balance(
                number(
                        "SELECT coalesce(sum(input + output + cache_write_5m + cache_write_1h + cache_read), 0)"
                                + " FROM requests WHERE at >= ?",
                        startOfDay()),
                budget.dailyTokens(),
                spent(startOfDay(), null),
                spent(startOfMonth(), null),
                new Usd(number(
                        "SELECT coalesce(sum(cost_pico), 0) FROM requests WHERE NOT confirmed AND at >= ?",
                        startOfMonth()))));
    }

    /** What a session has spent so far. */
    public synchronized Usd spentIn(String session) {
        return transaction(() -> spent(0, session));
    }

    private Usd spent(long since, @Nullable String session) throws SQLException {
        String where = " WHERE at >= ?" + (session == null ? "" : " AND session = ?");
        Object[] values = session == null ? new Object[] {since} : new Object[] {since, session};
        return new Usd(number("SELECT coalesce(sum(cost_pico), 0) FROM requests" + where, values)
                + number("SELECT coalesce(sum(worst_pico), 0) FROM reservations" + where, values));
    }

    private long startOfDay() {
        return today().atStartOfDay(clock.getZone()).toInstant().toEpochMilli();
    }

    private long startOfMonth() {
        return today().withDayOfMonth(1)
                .atStartOfDay(clock.getZone())
                .toInstant()
                .toEpochMilli();
    }

    private LocalDate today() {
        return ZonedDateTime.now(clock).toLocalDate();
    }

    /** Counts as spent what dead processes had under way; batches go on without their process. */
    private void settleTheDead() {
        transaction(() -> {
            try (Statement select = connection.createStatement();
                    ResultSet rows = select.executeQuery("SELECT id, at, pid, pid_started, session, operation, model,"
                            + " prompt, output, batch, region, sent FROM reservations WHERE batch_id IS NULL")) {
                while (rows.next()) {
                    long startedAt = rows.getLong("pid_started");
                    boolean alive = ProcessHandle.of(rows.getLong("pid"))
                            .filter(process -> process.isAlive() && started(process) == startedAt)
                            .isPresent();
                    if (!alive && rows.getBoolean("sent")) {
                        Terms terms = new Terms(
                                rows.getString("model"),
                                Instant.ofEpochMilli(rows.getLong("at")),
                                rows.getBoolean("batch"),
                                rows.getString("region"));
                        insert(new Request(
                                rows.getString("session"),
                                rows.getString("operation"),
                                terms,
                                new TokenCounts(0, rows.getLong("output"), rows.getLong("prompt"), 0, 0),
                                null,
                                java.time.Duration.ZERO,
                                null,
                                false));
                    }
                    if (!alive) {
                        update("DELETE FROM reservations WHERE id = ?", rows.getLong("id"));
                    }
                }
            }
            return true;
        });
    }

    /** Removes requests and results from before a number of days. */
    public synchronized int cleanUp(int days) {
        long before = today().minusDays(days)
                .atStartOfDay(clock.getZone())
                .toInstant()
                .toEpochMilli();
        return transaction(() -> update("DELETE FROM requests WHERE at < ?", before)
                + update("DELETE FROM results WHERE at < ?", before));
    }

    /** Questions to the ledger. */
    public UsageReports reports() {
        return new UsageReports(connection, clock);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** Runs work with the file to itself, so that two processes cannot both take the last of a budget. */
    private <T> T transaction(Work<T> work) {
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

    private int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private long number(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new UsageException("The usage ledger could not be closed: " + e.getMessage() + ".", e);
        }
    }
}
