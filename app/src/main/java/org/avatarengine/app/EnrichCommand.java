package org.avatarengine.app;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.avatarengine.claude.ApiKey;
import org.avatarengine.claude.Batches;
import org.avatarengine.claude.Claude;
import org.avatarengine.config.Config;
import org.avatarengine.enrich.Enricher;
import org.avatarengine.enrich.Kind;
import org.avatarengine.graph.Graph;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.redaction.Redactor;
import org.avatarengine.usage.Budget;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.usage.Usd;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "enrich",
        mixinStandardHelpOptions = true,
        description = {
            "Has Claude describe people: sends a sample of their conversations, without phone numbers, addresses,",
            "keys and the like, and stores what comes back with the messages that show it.",
            "Needs a key in ANTHROPIC_API_KEY or in the keychain (avatar config key)."
        })
final class EnrichCommand extends GraphCommand {
    private static final Duration BATCH_PAUSE = Duration.ofSeconds(20);

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Whom (default: those who wrote most).")
    List<String> names = List.of();

    @Option(
            names = "--analyses",
            split = ",",
            paramLabel = "KIND",
            description = "Any of ${COMPLETION-CANDIDATES}, with commas between (default: all).")
    Set<Kind> kinds = EnumSet.allOf(Kind.class);

    @Option(names = "--model", paramLabel = "MODEL", description = "The model (default: claude.model in the settings).")
    @Nullable
    String model;

    @Option(names = "--max-people", paramLabel = "N", defaultValue = "5", description = "Without names: how many.")
    int mostPeople;

    @Option(names = "--budget-usd", paramLabel = "USD", description = "The most that this run may cost.")
    @Nullable
    BigDecimal budget;

    @Option(
            names = "--max-tokens-in",
            paramLabel = "N",
            defaultValue = "60000",
            description = "How much of a person's messages is sent, in tokens (default: ${DEFAULT-VALUE}).")
    long mostTokens;

    @Option(names = "--pseudonymize", description = "Send numbers in place of names.")
    boolean pseudonymize;

    @Option(names = "--batch", description = "At half price, within a day; may be stopped and run again.")
    boolean batch;

    @Option(names = "--dry-run", description = "Send nothing; show what would be asked and what it could cost.")
    boolean dryRun;

    @Option(names = "--yes", description = "Without names: do not ask whether to send.")
    boolean yes;

    /** What {@code --json} prints. */
    record Report(List<Enricher.Task> tasks, List<Enricher.Result> results, BigDecimal spentUsd) {}

    @Override
    int run(Graph graph) throws InterruptedException {
        Config config = common.config();
        String asked = model != null ? model : config.text("claude.model");
        PriceList prices = common.prices();
        if (mostTokens < 1000 || mostPeople < 1) {
            throw new InputException("--max-tokens-in must be at least 1000, --max-people at least 1.");
        }
        Enricher enricher = new Enricher(
                graph,
                ZoneId.systemDefault(),
                new Redactor(HandleNormalizer.systemRegion()),
                new Enricher.Options(
                        new LinkedHashSet<>(EnumSet.copyOf(kinds)),
                        asked,
                        mostTokens,
                        Math.max(1000, mostTokens / 2),
                        pseudonymize),
                people(graph),
                prices);
        List<Enricher.Task> open =
                enricher.tasks().stream().filter(task -> !task.upToDate()).toList();
        showPlan(enricher.tasks(), open, asked, prices);
        if (dryRun || open.isEmpty()) {
            if (common.json) {
                Json.print(out(), new Report(enricher.tasks(), List.of(), BigDecimal.ZERO));
            }
            return 0;
        }
        String key = Common.apiKey()
                .find()
                .orElseThrow(() -> new InputException("There is no key for Claude. Set " + ApiKey.VARIABLE
                        + " or store one with: avatar config key. Everything else works without it."));
        confirm();
        try (Ledger ledger = common.openLedger()) {
            return send(enricher, config, ledger, key);
        }
    }

    private List<Person> people(Graph graph) {
        People people = new People(graph);
        return names.isEmpty()
                ? people.all().stream()
                        .filter(person -> person.sent() > 0)
                        .limit(mostPeople)
                        .toList()
                : names.stream().map(people::find).distinct().toList();
    }

    private void showPlan(List<Enricher.Task> tasks, List<Enricher.Task> open, String asked, PriceList prices) {
        if (common.json) {
            return;
        }
        Table table = new Table("Person", "Analysis", ">Messages", ">Requests", ">Tokens up to", ">Likely", ">At most");
        for (Enricher.Task task : tasks) {
            table.row(
                    task.name(),
                    task.kind().name().toLowerCase(Locale.ROOT),
                    String.format(Locale.ROOT, "%,d of %,d", task.messages(), task.available()),
                    task.requests(),
                    task.promptTokens(),
                    task.upToDate() ? "done" : task.expected().toString(),
                    task.upToDate() ? "done" : task.worst().toString());
        }
        table.print(out());
        out().printf(
                        Locale.ROOT,
                        "%s: likely %s, at most %s%s. Prices as of %s.%n",
                        asked,
                        sum(open.stream().map(Enricher.Task::expected).toList()),
                        sum(open.stream().map(Enricher.Task::worst).toList()),
                        batch ? ", before the half price of batches" : "",
                        prices.checked());
        out().flush();
    }

    private static Usd sum(List<Usd> amounts) {
        return amounts.stream().reduce(Usd.ZERO, Usd::plus);
    }

    /** Whoever is not named must be agreed to. */
    private void confirm() {
        if (yes || !names.isEmpty()) {
            return;
        }
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new InputException("Nothing was sent: name the people, or say --yes.");
        }
        String answer = console.readLine("Send a sample of these people's messages to Claude? [y/N] ");
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new InputException("Nothing was sent.");
        }
    }

    private int send(Enricher enricher, Config config, Ledger ledger, String key) throws InterruptedException {
        Budget limits = Spending.budget(config, budget);
        String session = "enrich-" + UUID.randomUUID().toString().substring(0, 8);
        ledger.cleanUp(Math.toIntExact(config.number("usage.retention_days")));
        err().println("before: " + ledger.balance(limits).describe());
        Display progress = common.display(err());
        List<Enricher.Result> results;
        boolean stopped;
        try (Interruption interruption = common.interruption();
                Claude claude = common.openClaude(key, session, ledger, limits, enricher.gate())) {
            results = batch
                    ? enricher.askInBatches(new Batches(claude, BATCH_PAUSE), progress, interruption::wanted)
                    : enricher.ask(claude, progress, interruption::wanted);
            stopped = interruption.wanted();
        } finally {
            progress.done();
            err().println("after:  " + ledger.balance(limits).describe());
        }
        Usd spent = ledger.spentIn(session);
        if (common.json) {
            Json.print(out(), new Report(enricher.tasks(), results, spent.dollars()));
        } else {
            show(results, spent);
        }
        if (stopped) {
            err().println("Stopped. Run the same command again to go on.");
            return Main.EXIT_INTERRUPTED;
        }
        return results.stream().allMatch(result -> result.problem() == null) ? 0 : Main.EXIT_INPUT;
    }

    private void show(List<Enricher.Result> results, Usd spent) {
        Table table = new Table("Person", "Analysis", ">Claims", ">Dropped", ">Cost", "");
        for (Enricher.Result result : results) {
            String problem = result.problem();
            table.row(
                    result.name(),
                    result.kind().name().toLowerCase(Locale.ROOT),
                    result.kept(),
                    result.dropped(),
                    result.cost(),
                    problem == null ? "stored" : problem);
        }
        table.print(out());
        out().println("Spent " + spent + ". Claims without messages that show them were dropped.");
    }
}
