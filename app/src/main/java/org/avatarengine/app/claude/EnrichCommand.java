package org.avatarengine.app.claude;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.claude.ApiKey;
import org.avatarengine.claude.Batches;
import org.avatarengine.claude.Claude;
import org.avatarengine.claude.Credential;
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

@JsonOutput(EnrichCommand.Report.class)
@Command(
        name = "enrich",
        mixinStandardHelpOptions = true,
        description = {
            "Asks Claude to describe people from a sample of messages.",
            "Phone numbers, addresses, keys and similar data are removed before the sample is sent.",
            "Each finding is stored with the messages that support it.",
            "It needs an API key in ANTHROPIC_API_KEY or in the keychain (`avatar config key`)."
        })
public final class EnrichCommand extends GraphCommand {
    private static final Duration BATCH_PAUSE = Duration.ofSeconds(20);

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "The people to describe. Default: those who sent most.")
    List<String> names = List.of();

    @Option(
            names = "--analyses",
            split = ",",
            paramLabel = "KIND",
            description = "The analyses to run, separated by commas: personality, relationships, style, topics,"
                    + " emotion,"
                    + " summary. Default: all.")
    Set<Kind> kinds = EnumSet.allOf(Kind.class);

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "The model to ask. Default: claude.model in the settings.")
    @Nullable
    String model;

    @Option(
            names = "--max-people",
            paramLabel = "N",
            defaultValue = "5",
            description = "Without names, describe at most N people. Default: ${DEFAULT-VALUE}.")
    int mostPeople;

    @Option(
            names = "--budget-usd",
            paramLabel = "USD",
            description = "The most that this run may cost, in US dollars. Default: limits.run_usd in the settings.")
    @Nullable
    BigDecimal budget;

    @Option(
            names = "--max-tokens-in",
            paramLabel = "N",
            defaultValue = "60000",
            description = "The most tokens of a person's messages to send. Default: ${DEFAULT-VALUE}.")
    long mostTokens;

    @Option(
            names = "--everything",
            description = "Ask about all messages again. Without it, a later run asks only about messages that are new"
                    + " since the last one, and combines the answers.")
    boolean everything;

    @Option(names = "--pseudonymize", description = "Replace names with numbers before sending.")
    boolean pseudonymize;

    @Option(
            names = "--batch",
            description = "Send the requests as a batch. This costs half as much and can take up"
                    + " to a day. You can stop the command and run it again.")
    boolean batch;

    @Option(names = "--dry-run", description = "Send nothing. Show what would be sent and what it could cost.")
    boolean dryRun;

    @Option(names = "--yes", description = "Without names, do not ask before sending.")
    boolean yes;

    /** The output of {@code --json}. */
    record Report(List<Enricher.Task> tasks, List<Enricher.Result> results, BigDecimal spentUsd) {}

    @Override
    protected int run(Graph graph) throws InterruptedException {
        Config config = services().config();
        String asked = model != null ? model : config.text("claude.model");
        PriceList prices = services().prices();
        if (mostTokens < 1000 || mostPeople < 1) {
            throw new InputException("--max-tokens-in must be at least 1000, and --max-people at least 1.");
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
                        pseudonymize,
                        everything),
                people(graph),
                prices);
        List<Enricher.Task> open =
                enricher.tasks().stream().filter(task -> !task.upToDate()).toList();
        showPlan(enricher.tasks(), open, asked, prices);
        if (dryRun || open.isEmpty()) {
            if (options.json) {
                Json.print(out(), new Report(enricher.tasks(), List.of(), BigDecimal.ZERO));
            }
            return 0;
        }
        Credential credential = services()
                .apiKey()
                .find()
                .orElseThrow(() -> new InputException("There is no API key for Claude. Set " + ApiKey.VARIABLE
                        + ", or run `avatar config key` to store one. Everything else works without a key."));
        confirm();
        try (Ledger ledger = services().openLedger()) {
            return send(enricher, config, ledger, credential);
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
        if (options.json) {
            return;
        }
        Table table = new Table(
                "Person", "Analysis", ">Messages", ">Requests", ">Tokens, at most", ">Likely cost", ">Cost, at most");
        for (Enricher.Task task : tasks) {
            table.row(
                    task.name(),
                    task.kind().name().toLowerCase(Locale.ROOT),
                    String.format(ReaderLocale.get(), "%,d of %,d", task.messages(), task.available()),
                    task.requests(),
                    task.promptTokens(),
                    task.upToDate() ? "done" : task.expected().toString(),
                    task.upToDate() ? "done" : task.worst().toString());
        }
        table.print(out());
        Usd saved = sum(open.stream().map(Enricher.Task::saved).toList());
        if (saved.pico() > 0) {
            out().println("Only messages since the last run are sent. That saves about " + saved + ".");
        }
        out().printf(
                        ReaderLocale.get(),
                        "%s: likely cost %s, at most %s%s. Prices as of %s.%n",
                        asked,
                        sum(open.stream().map(Enricher.Task::expected).toList()),
                        sum(open.stream().map(Enricher.Task::worst).toList()),
                        batch ? " (half of that as a batch)" : "",
                        prices.checked());
        out().flush();
    }

    private static Usd sum(List<Usd> amounts) {
        return amounts.stream().reduce(Usd.ZERO, Usd::plus);
    }

    /** Asks before messages of people are sent whom the user has not named. */
    private void confirm() {
        if (yes || !names.isEmpty()) {
            return;
        }
        if (!context.terminal().isInteractive()) {
            throw new InputException("Nothing was sent. Name the people, or add --yes to send without confirmation.");
        }
        if (!confirmation().agreed("Send a sample of these people's messages to Claude? [y/N] ")) {
            throw new InputException("Nothing was sent.");
        }
    }

    private int send(Enricher enricher, Config config, Ledger ledger, Credential credential)
            throws InterruptedException {
        Budget limits = Spending.budget(config, budget);
        String session = "enrich-" + UUID.randomUUID().toString().substring(0, 8);
        ledger.cleanUp(Math.toIntExact(config.number("usage.retention_days")));
        err().println("Before: " + ledger.balance(limits).describe());
        Display progress = services().display(err());
        List<Enricher.Result> results;
        boolean stopped;
        try (Interruption interruption = services().interruption();
                Claude claude = services().openClaude(credential, session, ledger, limits, enricher.gate())) {
            results = batch
                    ? enricher.askInBatches(new Batches(claude, BATCH_PAUSE), progress, interruption::wanted)
                    : enricher.ask(claude, progress, interruption::wanted);
            stopped = interruption.wanted();
        } finally {
            progress.done();
            err().println("After:  " + ledger.balance(limits).describe());
        }
        Usd spent = ledger.spentIn(session);
        if (options.json) {
            Json.print(out(), new Report(enricher.tasks(), results, spent.dollars()));
        } else {
            show(results, spent);
        }
        if (stopped) {
            err().println("Stopped. Run the same command again to continue.");
            return ExitCode.INTERRUPTED;
        }
        return results.stream().allMatch(result -> result.problem() == null) ? 0 : ExitCode.INPUT;
    }

    private void show(List<Enricher.Result> results, Usd spent) {
        Table table = new Table("Person", "Analysis", ">Findings", ">Dropped", ">Cost", "Result");
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
        out().println("Cost: " + spent + ". Findings without supporting messages were dropped.");
    }
}
