package org.avatarengine.app.claude;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.usage.AdminUsage;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.TokenCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(ReconcileCommand.Reconciled.class)
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the ledger with the usage that Anthropic counted.",
            "It asks the Admin API, needs an admin key in ANTHROPIC_ADMIN_KEY, and sends no messages.",
            "Anthropic's figures are for the whole organization."
        })
public final class ReconcileCommand extends AvatarCommand {
    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "Compare the last N days. Default: ${DEFAULT-VALUE}.")
    int days;

    /** The tokens of a day and model in the ledger and at Anthropic. */
    record Compared(LocalDate day, String model, TokenCounts here, TokenCounts there, long difference) {}

    /** What Anthropic charged the organization for a day. */
    record DayCost(LocalDate day, BigDecimal usd) {}

    /** The output of {@code --json}. */
    record Reconciled(List<Compared> models, List<DayCost> costUsd) {}

    @Override
    public Integer call() throws InterruptedException {
        String key = services().environment("ANTHROPIC_ADMIN_KEY");
        if (key == null || key.isBlank()) {
            throw new InputException("There is no admin key. Create one under Admin keys in the Claude Console, and set"
                    + " ANTHROPIC_ADMIN_KEY to it.");
        }
        AdminUsage admin = new AdminUsage(services().claudeUrl(), key.strip());
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate from = today.minusDays(TokensCommand.atLeastOne(days) - 1L);
        var there = admin.tokens(from, today);
        var cost = admin.cost(from, today);
        List<Compared> all = new ArrayList<>();
        try (Ledger ledger = services().openLedger()) {
            var here = ledger.reports().byUtcDay(days + 1);
            var everyDay = new TreeSet<>(there.keySet());
            everyDay.addAll(
                    here.keySet().stream().filter(day -> !day.isBefore(from)).toList());
            for (LocalDate day : everyDay) {
                var models = new TreeSet<>(there.getOrDefault(day, Map.of()).keySet());
                models.addAll(here.getOrDefault(day, Map.of()).keySet());
                for (String model : models) {
                    TokenCounts ours = here.getOrDefault(day, Map.of()).getOrDefault(model, TokenCounts.NONE);
                    TokenCounts theirs = there.getOrDefault(day, Map.of()).getOrDefault(model, TokenCounts.NONE);
                    all.add(new Compared(day, model, ours, theirs, theirs.total() - ours.total()));
                }
            }
        }
        if (options.json) {
            Json.print(
                    out(),
                    new Reconciled(
                            all,
                            cost.entrySet().stream()
                                    .map(e ->
                                            new DayCost(e.getKey(), e.getValue().dollars()))
                                    .toList()));
            return 0;
        }
        Table table = new Table("Day (UTC)", "Model", ">Ledger", ">Anthropic", ">Difference");
        all.forEach(c -> table.row(c.day, c.model, c.here.total(), c.there.total(), c.difference));
        table.print(out());
        cost.forEach((day, usd) -> out().println(day + ": Anthropic charged the organization " + usd + "."));
        return 0;
    }
}
