package org.avatarengine.usage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.avatarengine.failure.UsageException;

/** Reports of the ledger. */
public final class UsageReports {
    private final Connection connection;
    private final Clock clock;

    UsageReports(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** The fields of a request that reports need. */
    private record Entry(
            Instant at, String session, String operation, String model, TokenCounts tokens, Usd cost, Usd uncached) {}

    /**
     * The sum of some requests.
     *
     * @param name the name of the group: a day, a session, a model or an operation
     * @param cacheHitRate the share of prompts that was read from the cache, 0 to 1
     * @param saved the amount that the cache saved; negative if writing to it cost more than reading saved
     */
    public record Line(
            String name,
            Instant first,
            Instant last,
            int requests,
            TokenCounts tokens,
            double cacheHitRate,
            Usd cost,
            Usd saved) {}

    /** A line for each of the last days with requests, in the user's time zone, newest first. */
    public List<Line> byDay(int days) {
        return lines(days, entry -> day(entry.at).toString());
    }

    /** A line for each run of a command, newest first. */
    public List<Line> bySession(int days) {
        return lines(days, Entry::session);
    }

    public List<Line> byModel(int days) {
        return lines(days, Entry::model);
    }

    public List<Line> byOperation(int days) {
        return lines(days, Entry::operation);
    }

    /** The sum of all requests. */
    public Line sum(int days) {
        List<Line> lines = lines(days, entry -> "all");
        return lines.isEmpty()
                ? new Line("all", clock.instant(), clock.instant(), 0, TokenCounts.NONE, 0, Usd.ZERO, Usd.ZERO)
                : lines.getFirst();
    }

    /** The usage by model and day in UTC, as the Admin API counts it. */
    public Map<LocalDate, Map<String, TokenCounts>> byUtcDay(int days) {
        Map<LocalDate, Map<String, TokenCounts>> sums = new LinkedHashMap<>();
        for (Entry entry : entries(days)) {
            sums.computeIfAbsent(entry.at.atZone(java.time.ZoneOffset.UTC).toLocalDate(), d -> new LinkedHashMap<>())
                    .merge(entry.model, entry.tokens, TokenCounts::plus);
        }
        return sums;
    }

    private LocalDate day(Instant at) {
        return at.atZone(clock.getZone()).toLocalDate();
    }

    private List<Line> lines(int days, Function<Entry, String> group) {
        Map<String, Line> lines = new LinkedHashMap<>();
        for (Entry entry : entries(days)) {
            Line one = new Line(
                    group.apply(entry),
                    entry.at,
                    entry.at,
                    1,
                    entry.tokens,
                    entry.tokens.cacheHitRate(),
                    entry.cost,
                    entry.uncached.minus(entry.cost));
            lines.merge(one.name, one, UsageReports::join);
        }
        return List.copyOf(lines.values());
    }

    private static Line join(Line a, Line b) {
        TokenCounts tokens = a.tokens.plus(b.tokens);
        return new Line(
                a.name,
                a.first.isBefore(b.first) ? a.first : b.first,
                a.last.isAfter(b.last) ? a.last : b.last,
                a.requests + b.requests,
                tokens,
                tokens.cacheHitRate(),
                a.cost.plus(b.cost),
                a.saved.plus(b.saved));
    }

    /** The newest first. */
    private List<Entry> entries(int days) {
        long since = ZonedDateTime.now(clock)
                .toLocalDate()
                .minusDays(days - 1L)
                .atStartOfDay(clock.getZone())
                .toInstant()
                .toEpochMilli();
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT at, session, operation, model, input,"
                + " output, cache_write_5m, cache_write_1h, cache_read, cost_pico, uncached_pico, thinking FROM requests"
                + " WHERE at >= ? ORDER BY at DESC, id DESC")) {
            select.setLong(1, since);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(
                            Instant.ofEpochMilli(rows.getLong(1)),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            new TokenCounts(
                                    rows.getLong(5),
                                    rows.getLong(6),
                                    rows.getLong(7),
                                    rows.getLong(8),
                                    rows.getLong(9),
                                    rows.getLong(12)),
                            new Usd(rows.getLong(10)),
                            new Usd(rows.getLong(11))));
                }
            }
        } catch (SQLException e) {
            throw new UsageException("The usage ledger could not be read: " + e.getMessage() + ".", e);
        }
        return entries;
    }
}
