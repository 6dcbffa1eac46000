package org.avatarengine.app.claude;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.SafeCsv;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.GlobalOptions;
import org.avatarengine.app.services.InputException;
import org.avatarengine.limit.LearntLimits;
import org.avatarengine.usage.Balance;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Forecast;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.UsageReports;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@JsonOutput(TokensCommand.Standing.class)
@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the tokens and the cost of requests to Claude.",
            "Without a subcommand, it shows the balance."
        },
        subcommands = {ReconcileCommand.class, PricesCommand.class})
public final class TokensCommand extends AvatarCommand {
    @Option(names = "--csv", description = "Print the result as CSV.")
    boolean csv;

    @Override
    public Integer call() {
        return balance(options, csv);
    }

    /** The output of {@code balance --json}. */
    record Standing(
            long tokensToday,
            long dailyTokens,
            long remaining,
            Balance.Level level,
            BigDecimal todayUsd,
            BigDecimal monthUsd,
            BigDecimal unconfirmedUsd,
            Forecast forecast,
            @Nullable Limits limits) {}

    /** The limiter's present rates; a token limit is null while it is unknown. */
    record Limits(
            double requestsPerMinute,
            int concurrent,
            @Nullable Long inputTokensPerMinute,
            @Nullable Long outputTokensPerMinute,
            double waitSeconds,
            Instant at) {
        static Limits of(LearntLimits learnt) {
            return new Limits(
                    learnt.requestsPerMinute(),
                    (int) learnt.concurrent(),
                    boxed(learnt.inputPerMinute()),
                    boxed(learnt.outputPerMinute()),
                    learnt.waiting(Instant.now()).toMillis() / 1000.0,
                    learnt.at());
        }

        private static @Nullable Long boxed(OptionalLong value) {
            return value.isPresent() ? value.getAsLong() : null;
        }
    }

    @JsonOutput(TokensCommand.Standing.class)
    @Command(
            name = "balance",
            mixinStandardHelpOptions = true,
            description = "Compares the usage of today and this month with the budget.")
    int balance(
            @Mixin GlobalOptions mine,
            @Option(names = "--csv", description = "Print the result as CSV.") boolean asCsv) {
        try (Ledger ledger = services(mine).openLedger()) {
            Budget budget = Spending.budget(services(mine).config(), null);
            Balance b = ledger.balance(budget);
            Standing standing = new Standing(
                    b.tokens(),
                    b.limit(),
                    b.remaining(),
                    b.level(),
                    b.today().dollars(),
                    b.month().dollars(),
                    b.unconfirmed().dollars(),
                    Forecast.of(b.month(), budget.month(), LocalDate.now(ZoneId.systemDefault())),
                    ledger.limits().map(Limits::of).orElse(null));
            if (mine.json) {
                Json.print(out(), standing);
            } else if (asCsv) {
                csv(
                        List.of(
                                "tokens_today",
                                "daily_tokens",
                                "remaining",
                                "level",
                                "today_usd",
                                "month_usd",
                                "unconfirmed_usd"),
                        List.of(List.of(
                                b.tokens(),
                                b.limit(),
                                b.remaining(),
                                b.level(),
                                standing.todayUsd,
                                standing.monthUsd,
                                standing.unconfirmedUsd)));
            } else {
                out().println(b.describe());
                out().println("Budget: " + budget.run() + " per run, " + budget.day() + " per day, " + budget.month()
                        + " per month.");
                if (b.month().pico() > 0) {
                    out().println(standing.forecast.describe());
                }
                ledger.limits().ifPresent(learnt -> {
                    Duration wait = learnt.waiting(Instant.now());
                    out().println("Request limits: " + learnt.describe(ReaderLocale.get()) + ", as of "
                            + Dates.minute(learnt.at()) + "."
                            + (wait.isZero()
                                    ? ""
                                    : " Requests wait for another " + Quantities.duration(wait.toMillis() / 1000.0)
                                            + "."));
                });
                PriceList prices = services(mine).prices();
                if (prices.isOld(LocalDate.now())) {
                    out().println(prices.oldWarning());
                }
                if (b.unconfirmed().pico() > 0) {
                    out().println(b.unconfirmed()
                            + " of this month's cost is an upper limit for requests without an answer. Run"
                            + " `avatar tokens reconcile` for the real cost.");
                }
            }
        }
        return 0;
    }

    @JsonOutput(TokensCommand.Report.class)
    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = {
                "Shows the usage of each day.",
                "It includes the hit rate of the prompt cache and the money that the cache saved."
            })
    int report(
            @Mixin GlobalOptions mine,
            @Option(names = "--csv", description = "Print the result as CSV.") boolean asCsv,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "7",
                            description = "Cover the last N days. Default: ${DEFAULT-VALUE}.")
                    int days) {
        try (Ledger ledger = services(mine).openLedger()) {
            return lines(
                    mine,
                    asCsv,
                    "Day",
                    ledger.reports().byDay(atLeastOne(days)),
                    ledger.reports().sum(days));
        }
    }

    @JsonOutput(TokensCommand.Report.class)
    @Command(
            name = "summary",
            mixinStandardHelpOptions = true,
            description = "Shows the usage of each model and of each kind of request.")
    int summary(
            @Mixin GlobalOptions mine,
            @Option(names = "--csv", description = "Print the result as CSV.") boolean asCsv,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "30",
                            description = "Cover the last N days. Default: ${DEFAULT-VALUE}.")
                    int days) {
        try (Ledger ledger = services(mine).openLedger()) {
            UsageReports reports = ledger.reports();
            List<UsageReports.Line> lines = new ArrayList<>(reports.byModel(atLeastOne(days)));
            lines.addAll(reports.byOperation(days));
            return lines(mine, asCsv, "Model or request", lines, reports.sum(days));
        }
    }

    @JsonOutput(TokensCommand.Report.class)
    @Command(
            name = "sessions",
            mixinStandardHelpOptions = true,
            description = "Shows the usage of each run of a command.")
    int sessions(
            @Mixin GlobalOptions mine,
            @Option(names = "--csv", description = "Print the result as CSV.") boolean asCsv,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "30",
                            description = "Cover the last N days. Default: ${DEFAULT-VALUE}.")
                    int days) {
        try (Ledger ledger = services(mine).openLedger()) {
            return lines(
                    mine,
                    asCsv,
                    "Session",
                    ledger.reports().bySession(atLeastOne(days)),
                    ledger.reports().sum(days));
        }
    }

    @JsonOutput(TokensCommand.CleanedUp.class)
    @Command(
            name = "cleanup",
            mixinStandardHelpOptions = true,
            description = "Deletes old requests and stored answers from the ledger.")
    int cleanup(
            @Mixin GlobalOptions mine,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description = "Keep the last N days. Default: usage.retention_days in the settings.")
                    @Nullable
                    Integer days) {
        int kept = days != null ? days : Math.toIntExact(services(mine).config().number("usage.retention_days"));
        try (Ledger ledger = services(mine).openLedger()) {
            int removed = ledger.cleanUp(atLeastOne(kept));
            if (mine.json) {
                Json.print(out(), new CleanedUp(removed, kept));
            } else {
                out().printf(ReaderLocale.get(), "Deleted %,d entries older than %d days.%n", removed, kept);
            }
        }
        return 0;
    }

    static int atLeastOne(int days) {
        if (days < 1) {
            throw new InputException("--days must be at least 1.");
        }
        return days;
    }

    private int lines(
            GlobalOptions mine, boolean asCsv, String first, List<UsageReports.Line> lines, UsageReports.Line sum) {
        if (mine.json) {
            Json.print(out(), new Report(lines.stream().map(Shown::of).toList(), Shown.of(sum)));
            return 0;
        }
        if (asCsv) {
            csv(
                    List.of(
                            "name",
                            "first",
                            "last",
                            "requests",
                            "input",
                            "output",
                            "cache_write_5m",
                            "cache_write_1h",
                            "cache_read",
                            "cache_hit_rate",
                            "cost_usd",
                            "saved_usd",
                            "thinking"),
                    lines.stream()
                            .map(l -> List.of(
                                    l.name(),
                                    l.first(),
                                    l.last(),
                                    l.requests(),
                                    l.tokens().input(),
                                    l.tokens().output(),
                                    l.tokens().cacheWrite5m(),
                                    l.tokens().cacheWrite1h(),
                                    l.tokens().cacheRead(),
                                    l.cacheHitRate(),
                                    l.cost().dollars(),
                                    l.saved().dollars(),
                                    l.tokens().thinking()))
                            .toList());
            return 0;
        }
        if (lines.isEmpty()) {
            out().println("There were no requests in this period.");
            return 0;
        }
        Table table = new Table(
                first,
                "Last",
                ">Requests",
                ">Input",
                ">Output",
                ">Thinking",
                ">Cache written",
                ">Cache read",
                ">Cache hits",
                ">Cost",
                ">Saved");
        lines.forEach(line -> row(table, line));
        row(table, sum);
        table.print(out());
        return 0;
    }

    private static void row(Table table, UsageReports.Line l) {
        table.row(
                l.name(),
                Dates.minute(l.last()),
                l.requests(),
                l.tokens().input(),
                l.tokens().output(),
                l.tokens().thinking(),
                l.tokens().cacheWrite5m() + l.tokens().cacheWrite1h(),
                l.tokens().cacheRead(),
                Math.round(100 * l.cacheHitRate()) + "%",
                l.cost(),
                l.saved());
    }

    /** The output of {@code cleanup --json}: how many entries were deleted, and the age in days that entries may have. */
    record CleanedUp(int removed, int days) {}

    /** The output of the reports with {@code --json}. */
    record Report(List<Shown> lines, Shown sum) {}

    /** A line in the output of {@code --json}. */
    record Shown(
            String name,
            Instant first,
            Instant last,
            int requests,
            TokenCounts tokens,
            double cacheHitRate,
            BigDecimal costUsd,
            BigDecimal savedUsd) {
        static Shown of(UsageReports.Line l) {
            return new Shown(
                    l.name(),
                    l.first(),
                    l.last(),
                    l.requests(),
                    l.tokens(),
                    l.cacheHitRate(),
                    l.cost().dollars(),
                    l.saved().dollars());
        }
    }

    private void csv(List<String> header, List<? extends List<?>> rows) {
        csv(out(), header, rows);
    }

    static void csv(PrintWriter out, List<String> header, List<? extends List<?>> rows) {
        try (SafeCsv csv = new SafeCsv(out, header)) {
            for (List<?> row : rows) {
                csv.row(row.toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
