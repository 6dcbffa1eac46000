package org.avatarengine.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.avatarengine.usage.Balance;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.usage.TokenCounts;
import org.avatarengine.usage.UsageReports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tokens",
        mixinStandardHelpOptions = true,
        description = "What requests to Claude used and cost. Without a subcommand: the balance.",
        subcommands = ReconcileCommand.class)
final class TokensCommand extends AvatarCommand {
    @Option(names = "--csv", description = "Print CSV.")
    boolean csv;

    @Override
    public Integer call() {
        return balance(common, csv);
    }

    /** What {@code balance --json} prints. */
    record Standing(
            long tokensToday,
            long dailyTokens,
            long remaining,
            Balance.Level level,
            BigDecimal todayUsd,
            BigDecimal monthUsd,
            BigDecimal unconfirmedUsd) {}

    @Command(
            name = "balance",
            mixinStandardHelpOptions = true,
            description = "Tokens and money used today and this month, against the limits.")
    int balance(@Mixin Common mine, @Option(names = "--csv", description = "Print CSV.") boolean asCsv) {
        try (Ledger ledger = mine.openLedger()) {
            Budget budget = Spending.budget(mine.config(), null);
            Balance b = ledger.balance(budget);
            Standing standing = new Standing(
                    b.tokens(),
                    b.limit(),
                    b.remaining(),
                    b.level(),
                    b.today().dollars(),
                    b.month().dollars(),
                    b.unconfirmed().dollars());
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
                out().println("Budgets: " + budget.run() + " a run, " + budget.day() + " a day, " + budget.month()
                        + " a month.");
                if (b.unconfirmed().pico() > 0) {
                    out().println(b.unconfirmed()
                            + " of this month is the most that requests without an answer can have"
                            + " cost; avatar tokens reconcile tells.");
                }
            }
        }
        return 0;
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "What each day used, with the cache's hit rate and what it saved.")
    int report(
            @Mixin Common mine,
            @Option(names = "--csv", description = "Print CSV.") boolean asCsv,
            @Option(names = "--days", defaultValue = "7", description = "How many (default: ${DEFAULT-VALUE}).")
                    int days) {
        try (Ledger ledger = mine.openLedger()) {
            return lines(
                    mine,
                    asCsv,
                    "Day",
                    ledger.reports().byDay(atLeastOne(days)),
                    ledger.reports().sum(days));
        }
    }

    @Command(
            name = "summary",
            mixinStandardHelpOptions = true,
            description = "What each model and each kind of request used.")
    int summary(
            @Mixin Common mine,
            @Option(names = "--csv", description = "Print CSV.") boolean asCsv,
            @Option(names = "--days", defaultValue = "30", description = "How many (default: ${DEFAULT-VALUE}).")
                    int days) {
        try (Ledger ledger = mine.openLedger()) {
            UsageReports reports = ledger.reports();
            List<UsageReports.Line> lines = new ArrayList<>(reports.byModel(atLeastOne(days)));
            lines.addAll(reports.byOperation(days));
            return lines(mine, asCsv, "Model or request", lines, reports.sum(days));
        }
    }

    @Command(name = "sessions", mixinStandardHelpOptions = true, description = "What each run of a command used.")
    int sessions(
            @Mixin Common mine,
            @Option(names = "--csv", description = "Print CSV.") boolean asCsv,
            @Option(names = "--days", defaultValue = "30", description = "How many (default: ${DEFAULT-VALUE}).")
                    int days) {
        try (Ledger ledger = mine.openLedger()) {
            return lines(
                    mine,
                    asCsv,
                    "Session",
                    ledger.reports().bySession(atLeastOne(days)),
                    ledger.reports().sum(days));
        }
    }

    @Command(
            name = "cleanup",
            mixinStandardHelpOptions = true,
            description = "Removes requests and kept answers from before some days.")
    int cleanup(
            @Mixin Common mine,
            @Option(names = "--days", description = "How many to keep (default: usage.retention_days).")
                    @org.jspecify.annotations.Nullable
                    Integer days) {
        int kept = days != null ? days : Math.toIntExact(mine.config().number("usage.retention_days"));
        try (Ledger ledger = mine.openLedger()) {
            int removed = ledger.cleanUp(atLeastOne(kept));
            if (mine.json) {
                Json.print(out(), Map.of("removed", removed, "days", kept));
            } else {
                out().printf(Locale.ROOT, "Removed %,d entries from before %d days.%n", removed, kept);
            }
        }
        return 0;
    }

    @Command(
            name = "prices",
            mixinStandardHelpOptions = true,
            description =
                    "What models cost, in US dollars per million tokens. A prices.json in the data folder replaces"
                            + " the program's own.")
    int prices(@Mixin Common mine, @Option(names = "--csv", description = "Print CSV.") boolean asCsv) {
        PriceList list = mine.prices();
        if (mine.json) {
            Json.print(out(), list);
            return 0;
        }
        List<String> header =
                List.of("model", "from", "to", "input", "output", "write_5m", "write_1h", "read", "prompt");
        List<List<?>> rows = new ArrayList<>();
        for (PriceList.Price p : list.prices()) {
            PriceList.LongPrompt longer = p.longPrompt();
            rows.add(List.of(
                    p.model(),
                    text(p.from()),
                    text(p.to()),
                    p.input(),
                    p.output(),
                    p.cacheWrite5m(),
                    p.cacheWrite1h(),
                    p.cacheRead(),
                    longer == null ? "any" : "up to " + longer.over()));
            if (longer != null) {
                rows.add(List.of(
                        p.model(),
                        text(p.from()),
                        text(p.to()),
                        longer.input(),
                        longer.output(),
                        longer.cacheWrite5m(),
                        longer.cacheWrite1h(),
                        longer.cacheRead(),
                        "over " + longer.over()));
            }
        }
        if (asCsv) {
            csv(header, rows);
            return 0;
        }
        Table table = new Table(
                "Model", "From", "To", ">Input", ">Output", ">Write 5m", ">Write 1h", ">Read", "Prompt tokens");
        rows.forEach(row -> table.row(row.stream()
                .map(cell -> cell instanceof BigDecimal price ? dollars(price) : String.valueOf(cell))
                .toArray()));
        table.print(out());
        out().println("Batches: × " + list.batchFactor() + ". Regions: × " + list.regionFactors() + ". Checked "
                + list.checked() + ", " + list.source() + ".");
        return 0;
    }

    /** With cents at least. */
    private static String dollars(BigDecimal price) {
        BigDecimal plain = price.stripTrailingZeros();
        return "$" + (plain.scale() < 2 ? plain.setScale(2) : plain).toPlainString();
    }

    private static String text(@org.jspecify.annotations.Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    static int atLeastOne(int days) {
        if (days < 1) {
            throw new InputException("--days must be at least 1.");
        }
        return days;
    }

    private int lines(Common mine, boolean asCsv, String first, List<UsageReports.Line> lines, UsageReports.Line sum) {
        if (mine.json) {
            Json.print(out(), Map.of("lines", lines.stream().map(Shown::of).toList(), "sum", Shown.of(sum)));
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
                            "saved_usd"),
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
                                    l.saved().dollars()))
                            .toList());
            return 0;
        }
        if (lines.isEmpty()) {
            out().println("No requests in that time.");
            return 0;
        }
        Table table = new Table(
                first,
                "Last",
                ">Requests",
                ">Input",
                ">Output",
                ">Cache written",
                ">Cache read",
                ">Hits",
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
                l.last()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .atZone(ZoneId.systemDefault())
                        .toLocalDateTime(),
                l.requests(),
                l.tokens().input(),
                l.tokens().output(),
                l.tokens().cacheWrite5m() + l.tokens().cacheWrite1h(),
                l.tokens().cacheRead(),
                Math.round(100 * l.cacheHitRate()) + "%",
                l.cost(),
                l.saved());
    }

    /** A line as JSON shows it. */
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
        try (SafeCsv csv = new SafeCsv(out(), header)) {
            for (List<?> row : rows) {
                csv.row(row.toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
