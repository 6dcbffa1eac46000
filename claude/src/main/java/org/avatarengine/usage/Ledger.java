package org.avatarengine.usage;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.avatarengine.failure.BudgetSpent;
import org.avatarengine.failure.UsageException;
import org.avatarengine.limit.LearntLimits;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of all requests, in a SQLite file (WAL) that several processes may use at once.
 *
 * <p>A request has three states. It is <em>reserved</em> at its maximum cost before it is sent; it is
 * <em>recorded</em> with its real cost, in the same transaction as its result; or it is <em>released</em> if it was
 * certainly not billed. If its process died after sending it, it counts as spent at its maximum cost and is marked as
 * not confirmed.
 */
public final class Ledger implements AutoCloseable {
    private final LedgerFile file;
    private final PriceList prices;
    private final Clock clock;

    private Ledger(LedgerFile file, PriceList prices, Clock clock) {
        this.file = file;
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * Opens the ledger. If it does not exist, it is created with access for its owner only.
     *
     * @param clock the clock, with the time zone in which days begin
     * @throws UsageException when the file cannot be used
     */
    public static Ledger open(Path file, PriceList prices, Clock clock) {
        Ledger ledger = new Ledger(LedgerFile.open(file), prices, clock);
        ledger.settleTheDead();
        return ledger;
    }

    /** The part of the budget that is reserved for a request. */
    public record Reservation(long id, Usd worst) {}

    /**
     * Reserves the maximum cost of a request in the budget before it is sent.
     *
     * @param prompt the maximum length of the prompt in tokens
     * @param maxOutput the maximum length of the output in tokens
     * @param hour whether it writes to the one-hour cache
     * @throws BudgetSpent when the request could exceed a limit; nothing is reserved then
     */
    public synchronized Reservation reserve(
            String session, String operation, Terms terms, long prompt, long maxOutput, boolean hour, Budget budget) {
        Usd worst = prices.worst(terms, prompt, maxOutput, hour);
        return file.transaction(() -> {
            check("this run", spent(0, session).plus(worst), budget.run());
            check("today", spent(startOfDay(), null).plus(worst), budget.day());
            check("this month", spent(startOfMonth(), null).plus(worst), budget.month());
            long tokens = file.number(
                    "SELECT coalesce(sum(input + output + cache_write_5m + cache_write_1h + cache_read), 0)"
                            + " FROM requests WHERE at >= ?",
                    startOfDay());
            if (budget.stopAtTokens() && tokens + prompt + maxOutput > budget.dailyTokens()) {
                throw new BudgetSpent(String.format(
                        Locale.ROOT,
                        "The next request could exceed today's %,d tokens. The work done so far is kept. Run the same"
                                + " command tomorrow, or raise limits.daily_tokens.",
                        budget.dailyTokens()));
            }
            ProcessHandle self = ProcessHandle.current();
            long id = file.insert(
                    "INSERT INTO reservations (at, pid, pid_started, session, operation, model, prompt, output, batch,"
                            + " region, worst_pico) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            return new Reservation(id, worst);
        });
    }

    private static void check(String what, Usd would, Usd limit) {
        if (would.compareTo(limit) > 0) {
            throw new BudgetSpent("The next request could bring " + what + " to " + would + ", over the budget of "
                    + limit + ". The work done so far is kept. Raise the budget and run the same command to continue.");
        }
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /**
     * Records that a request is about to be sent. If this process dies from now on, the reservation counts as spent.
     */
    public synchronized void sending(Reservation reservation) {
        file.transaction(() -> file.update("UPDATE reservations SET sent = 1 WHERE id = ?", reservation.id()));
    }

    /**
     * Records that a request is in a batch of the Message Batches API, which runs independently of this process.
     *
     * @param key the key of its result
     */
    public synchronized void awaitBatch(Reservation reservation, String batchId, String key, String person) {
        file.transaction(() -> file.update(
                "UPDATE reservations SET batch_id = ?, key = ?, person = ? WHERE id = ?",
                batchId,
                key,
                person,
                reservation.id()));
    }

    /** A request in a batch whose result has not been fetched. */
    public record Waiting(Reservation reservation, String batchId, Instant sentAt) {}

    /** The batch that contains the request with a key. */
    public synchronized Optional<Waiting> waiting(String key) {
        return file.transaction(() -> file.first(
                "SELECT id, worst_pico, batch_id, at FROM reservations WHERE key = ? AND batch_id IS NOT NULL",
                row -> new Waiting(
                        new Reservation(row.getLong(1), new Usd(row.getLong(2))),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4))),
                key));
    }

    /** Releases a reservation, because the request was certainly not billed. */
    public synchronized void release(Reservation reservation) {
        file.transaction(() -> file.update("DELETE FROM reservations WHERE id = ?", reservation.id()));
    }

    /**
     * Records the real cost of a request together with its result, and releases its reservation.
     *
     * @param key the key of the result, or null to store none
     * @param person the id of the person the result is about, with which it can be deleted
     * @return the cost
     */
    public synchronized Usd record(
            Reservation reservation, Request request, @Nullable String key, String person, @Nullable String result) {
        return file.transaction(() -> {
            Usd cost = insert(request);
            file.update("DELETE FROM reservations WHERE id = ?", reservation.id());
            if (key != null && result != null) {
                file.update(
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
        file.update(
                "INSERT INTO requests (at, session, operation, model, input, output, cache_write_5m, cache_write_1h,"
                        + " cache_read, tier, batch, region, latency_ms, request_id, cost_pico, uncached_pico, confirmed,"
                        + " thinking) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                request.confirmed() ? 1 : 0,
                tokens.thinking());
        return cost;
    }

    /** The result of an earlier request. */
    public synchronized Optional<String> result(String key) {
        return file.transaction(
                () -> file.first("SELECT body FROM results WHERE key = ?", row -> row.getString(1), key));
    }

    /** Stores what the limiter has learnt, for the next run. */
    public synchronized void keepLimits(LearntLimits learnt) {
        file.transaction(() -> file.update(
                "INSERT OR REPLACE INTO limits (id, at, rate, concurrent, most_rate, input, output, blocked_until)"
                        + " VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                learnt.at().toEpochMilli(),
                learnt.requestsPerMinute(),
                learnt.concurrent(),
                boxed(learnt.mostRequestsPerMinute()),
                boxed(learnt.inputPerMinute()),
                boxed(learnt.outputPerMinute()),
                learnt.blockedUntil().toEpochMilli()));
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /** What the limiter of an earlier run has learnt; empty before the first request. */
    public synchronized Optional<LearntLimits> limits() {
        return file.transaction(() -> file.first(
                "SELECT at, rate, concurrent, most_rate, input, output, blocked_until FROM limits",
                row -> new LearntLimits(
                        row.getDouble(2),
                        row.getDouble(3),
                        present(row, 4),
                        present(row, 5),
                        present(row, 6),
                        Instant.ofEpochMilli(row.getLong(7)),
                        Instant.ofEpochMilli(row.getLong(1)))));
    }

    private static OptionalLong present(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Removes the results about a person. */
    public synchronized int forget(String person) {
        return file.transaction(() -> file.update("DELETE FROM results WHERE person = ?", person));
    }

    /** Removes the traces of deleted results from the file. */
    public synchronized void compact() {
        file.compact();
    }

    /** The present balance, with running requests at their maximum cost. */
    public synchronized Balance balance(Budget budget) {
        return file.transaction(() -> new Balance(
                file.number(
                        "SELECT coalesce(sum(input + output + cache_write_5m + cache_write_1h + cache_read), 0)"
                                + " FROM requests WHERE at >= ?",
                        startOfDay()),
                budget.dailyTokens(),
                spent(startOfDay(), null),
                spent(startOfMonth(), null),
                new Usd(file.number(
                        "SELECT coalesce(sum(cost_pico), 0) FROM requests WHERE NOT confirmed AND at >= ?",
                        startOfMonth()))));
    }

    /** The cost of a session so far. */
    public synchronized Usd spentIn(String session) {
        return file.transaction(() -> spent(0, session));
    }

    private Usd spent(long since, @Nullable String session) throws SQLException {
        String where = " WHERE at >= ?" + (session == null ? "" : " AND session = ?");
        Object[] values = session == null ? new Object[] {since} : new Object[] {since, session};
        return new Usd(file.number("SELECT coalesce(sum(cost_pico), 0) FROM requests" + where, values)
                + file.number("SELECT coalesce(sum(worst_pico), 0) FROM reservations" + where, values));
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

    /** Counts the running requests of dead processes as spent. Batches continue without their process. */
    private void settleTheDead() {
        file.transaction(() -> {
            try (Statement select = file.connection().createStatement();
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
                        file.update("DELETE FROM reservations WHERE id = ?", rows.getLong("id"));
                    }
                }
            }
            return true;
        });
    }

    /** Removes requests and results that are older than a number of days. */
    public synchronized int cleanUp(int days) {
        long before = today().minusDays(days)
                .atStartOfDay(clock.getZone())
                .toInstant()
                .toEpochMilli();
        return file.transaction(() -> file.update("DELETE FROM requests WHERE at < ?", before)
                + file.update("DELETE FROM results WHERE at < ?", before));
    }

    /** The reports of the ledger. */
    public UsageReports reports() {
        return new UsageReports(file.connection(), clock);
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
