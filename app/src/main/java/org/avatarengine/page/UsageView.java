package org.avatarengine.page;

import java.util.List;
import java.util.function.Supplier;
import org.avatarengine.server.Api;
import org.avatarengine.server.Call;
import org.avatarengine.usage.Balance;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.UsageReports;

/** Requests to Claude and their cost. */
final class UsageView {
    /**
     * Tokens and cost. Amounts are in US dollars.
     *
     * @param level how close today's tokens are to the daily limit
     * @param unconfirmed the part of the month's cost for requests that never got a response
     */
    record Usage(
            long tokensToday,
            long dailyTokens,
            Balance.Level level,
            double today,
            double month,
            double unconfirmed,
            Line sum,
            List<Line> days,
            List<Line> models,
            List<Line> operations,
            List<Line> sessions) {}

    /**
     * The sum over some requests.
     *
     * @param thinking the part of {@code output} with which models thought before they answered
     * @param cacheHitRate the share of prompt tokens read from the cache, from 0 to 1
     * @param saved the cost saved by the cache
     */
    record Line(
            String name,
            int requests,
            long input,
            long output,
            long thinking,
            long cacheRead,
            long cacheWritten,
            double cacheHitRate,
            double cost,
            double saved) {}

    private final Supplier<Ledger> ledgers;
    private final Supplier<Budget> budget;

    UsageView(Supplier<Ledger> ledgers, Supplier<Budget> budget) {
        this.ledgers = ledgers;
        this.budget = budget;
    }

    void endpoints(Api api) {
        api.get("/api/usage", "Requests to Claude and their cost")
                .takes("days", Integer.class, "Number of days to cover (default: 30)")
                .answers(Usage.class, this::usage);
    }

    private Usage usage(Call call) {
        int days = call.number("days", 30, 1, 3650);
        try (Ledger ledger = ledgers.get()) {
            Balance balance = ledger.balance(budget.get());
            UsageReports reports = ledger.reports();
            return new Usage(
                    balance.tokens(),
                    balance.limit(),
                    balance.level(),
                    balance.today().dollars().doubleValue(),
                    balance.month().dollars().doubleValue(),
                    balance.unconfirmed().dollars().doubleValue(),
                    line(reports.sum(days)),
                    lines(reports.byDay(days)),
                    lines(reports.byModel(days)),
                    lines(reports.byOperation(days)),
                    lines(reports.bySession(days)));
        }
    }

    private static List<Line> lines(List<UsageReports.Line> lines) {
        return lines.stream().map(UsageView::line).toList();
    }

    private static Line line(UsageReports.Line line) {
        return new Line(
                line.name(),
                line.requests(),
                line.tokens().input(),
                line.tokens().output(),
                line.tokens().thinking(),
                line.tokens().cacheRead(),
                line.tokens().cacheWrite5m() + line.tokens().cacheWrite1h(),
                line.cacheHitRate(),
                line.cost().dollars().doubleValue(),
                line.saved().dollars().doubleValue());
    }
}
