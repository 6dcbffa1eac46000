package org.avatarengine.app.data;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.avatarengine.app.claude.Spending;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.failure.Failure;
import org.avatarengine.files.FreeSpace;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.graph.DeletedData;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.limit.LearntLimits;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.recording.SpeechModels;
import org.avatarengine.usage.Balance;
import org.avatarengine.usage.Ledger;
import org.avatarengine.usage.PriceList;
import org.avatarengine.vault.InUse;
import org.avatarengine.vault.Ownership;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(value = DoctorCommand.Report.class, when = "without --repair")
@JsonOutput(value = DoctorCommand.Repairing.class, when = "with --repair")
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that the program, its settings and your data work.",
            "It connects to nothing except your own graph.",
            "With --repair, it also looks for what can be repaired, and repairs it if you agree."
        })
public final class DoctorCommand extends AvatarCommand implements WorksAlone {
    @Option(
            names = "--repair",
            description = "Look for temporary files, damaged indexes and a damaged graph, and ask before each repair.")
    boolean repair;

    @Option(names = "--yes", description = "With --repair, do not ask for confirmation.")
    boolean yes;

    @Override
    public DataUse dataUse(String name) {
        return DataUse.NONE;
    }

    @Override
    public boolean needsDataAlone() {
        return repair;
    }

    private static final long LITTLE_SPACE_BYTES = 2L << 30;

    enum State {
        FINE,
        NOTE,
        WRONG
    }

    record Finding(String what, State state, String detail) {}

    record Metric(String name, Map<String, String> tags, double value) {}

    record Report(List<Finding> findings, List<Metric> metrics) {}

    @FunctionalInterface
    private interface Check {
        Finding run() throws Exception;
    }

    @FunctionalInterface
    private interface Checks {
        List<Finding> run() throws Exception;
    }

    /** The output of {@code --repair --json}; {@code repaired} is false where the user did not agree. */
    record Repaired(String problem, String remedy, boolean repaired) {}

    record Repairing(List<Repaired> repairs, List<String> unrepairable) {}

    private int repair() throws IOException {
        if (services().ownership().state() != Ownership.State.OWNED) {
            throw new InputException("There is no data in " + services().data().path() + ".");
        }
        Display progress = services().display(err());
        List<Repaired> done = new ArrayList<>();
        Repairs repairs = new Repairs(services(), progress);
        try (InUse _ = services().requireNobodyElse()) {
            for (Repairs.Repair one : repairs.find()) {
                if (!options.json) {
                    out().println(one.problem());
                    out().flush();
                }
                boolean agreed = yes || confirmation().agreed("%s? [y/N] ", one.remedy());
                if (agreed) {
                    one.step().run();
                    progress.done();
                }
                done.add(new Repaired(one.problem(), one.remedy(), agreed));
                if (!options.json) {
                    out().println(agreed ? "Done." : "Not repaired.");
                }
            }
        }
        if (options.json) {
            Json.print(out(), new Repairing(done, repairs.hopeless()));
        } else {
            repairs.hopeless().forEach(problem -> out().println(problem));
            if (done.isEmpty() && repairs.hopeless().isEmpty()) {
                out().println("Nothing needs a repair.");
            }
            out().flush();
        }
        boolean open = done.stream().anyMatch(one -> !one.repaired());
        return open || !repairs.hopeless().isEmpty() ? ExitCode.INPUT : 0;
    }

    @Override
    public Integer call() throws Exception {
        if (repair) {
            return repair();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "Java",
                State.FINE,
                Runtime.version() + ", up to "
                        + Quantities.size(Runtime.getRuntime().maxMemory()) + " of memory"));
        check(findings, "Settings", () -> {
            services().config();
            return new Finding("Settings", State.FINE, services().configFile().toString());
        });
        check(findings, "Data folder", this::folder);
        boolean stored = services().ownership().state() == Ownership.State.OWNED;
        if (stored || services().usesServer()) {
            checkAll(findings, "Graph", this::graph);
        }
        if (stored) {
            checkAll(findings, "Usage ledger", this::ledger);
        }
        check(findings, "Prices", () -> {
            PriceList prices = services().prices();
            return prices.isOld(LocalDate.now())
                    ? new Finding("Prices", State.NOTE, prices.oldWarning())
                    : new Finding("Prices", State.FINE, "checked " + prices.checked());
        });
        check(findings, "Claude API key", () -> {
            boolean found = services().apiKey().find().isPresent();
            return new Finding(
                    "Claude API key",
                    found ? State.FINE : State.NOTE,
                    found
                            ? "found"
                            : "none. Only `avatar enrich` and chats with Claude need one. Run `avatar config key` to"
                                    + " store it.");
        });
        check(
                findings,
                "ffmpeg",
                () -> Ffmpeg.installedOne()
                        .map(own ->
                                new Finding("ffmpeg", State.FINE, own.program().toString()))
                        .orElse(new Finding(
                                "ffmpeg",
                                State.NOTE,
                                "not installed. Recordings use the older version that comes with this program.")));
        check(findings, "Speech models", () -> {
            List<SpeechModels.Added> added = services().speechModels().all();
            return new Finding(
                    "Speech models",
                    added.isEmpty() ? State.NOTE : State.FINE,
                    added.isEmpty()
                            ? "none added. Recordings use the small English model that comes with this program."
                            : String.join(
                                    ", ",
                                    added.stream().map(SpeechModels.Added::name).toList()));
        });
        List<Metric> metrics = metrics();
        if (options.json) {
            Json.print(out(), new Report(findings, metrics));
        } else {
            show(findings, metrics);
        }
        return findings.stream().anyMatch(f -> f.state == State.WRONG) ? ExitCode.INPUT : 0;
    }

    private static void check(List<Finding> findings, String what, Check check) {
        checkAll(findings, what, () -> List.of(check.run()));
    }

    private static void checkAll(List<Finding> findings, String what, Checks checks) {
        try {
            findings.addAll(checks.run());
        } catch (Failure | InputException e) {
            findings.add(new Finding(what, State.WRONG, String.valueOf(e.getMessage())));
        } catch (Exception e) {
            findings.add(new Finding(what, State.WRONG, e.toString()));
        }
    }

    private Finding folder() throws IOException {
        Path folder = services().data().path();
        Ownership.State owner = services().ownership().state();
        if (owner == Ownership.State.EMPTY) {
            return new Finding("Data folder", State.NOTE, folder + " holds no data yet. `avatar import` creates it.");
        }
        List<String> foreign = services().ownership().foreign();
        if (owner == Ownership.State.FOREIGN) {
            return new Finding(
                    "Data folder",
                    State.WRONG,
                    folder + " is not a data folder: it holds other files, such as "
                            + services().ownership().unexpected().getFirst()
                            + ". Choose another folder with --data.");
        }
        if (!foreign.isEmpty()) {
            return new Finding(
                    "Data folder",
                    State.NOTE,
                    folder + " also holds files that are not the program's: " + String.join(", ", foreign)
                            + ". No command changes them, and no backup contains them.");
        }
        long free = FreeSpace.bytes(folder);
        String detail = folder + ", " + Quantities.size(free) + " free";
        if (free < LITTLE_SPACE_BYTES) {
            return new Finding("Data folder", State.NOTE, detail + ". That may not be enough; free some space.");
        }
        if (PrivateFiles.isOpenToOthers(folder)) {
            return new Finding(
                    "Data folder",
                    State.NOTE,
                    detail + ". Other users can look into it. Run `chmod 700 " + folder + "`.");
        }
        return new Finding("Data folder", State.FINE, detail);
    }

    /** How the graph answers, and whether traces of deleted data are in its files. */
    private List<Finding> graph() {
        long begin = System.nanoTime();
        try (Graph graph = services().openGraph()) {
            double opened = (System.nanoTime() - begin) / 1e9;
            long asked = System.nanoTime();
            Row row = graph.read("MATCH (m:Message) RETURN count(m) AS n", Map.of())
                    .getFirst();
            List<Finding> findings = new ArrayList<>();
            findings.add(new Finding(
                    "Graph",
                    State.FINE,
                    String.format(
                            ReaderLocale.get(),
                            "%s, %,d messages, opened in %.1f s, answered in %.0f ms",
                            graph.place(),
                            row.number("n"),
                            opened,
                            (System.nanoTime() - asked) / 1e6)));
            if (!services().usesServer()) {
                Instant since = DeletedData.since(graph);
                findings.add(new Finding(
                        "Deleted data",
                        since == null ? State.FINE : State.NOTE,
                        since == null
                                ? "no traces in the store's files"
                                : "Data was deleted or edited since " + Dates.day(since)
                                        + "; its traces are still in the store's files. Run `avatar compact` to remove"
                                        + " them."));
            }
            return findings;
        }
    }

    /** What was spent, and what is known of the service's limits. */
    private List<Finding> ledger() {
        try (Ledger ledger = services().openLedger()) {
            Balance balance = ledger.balance(Spending.budget(services().config(), null));
            return List.of(
                    new Finding(
                            "Usage ledger",
                            balance.level() == Balance.Level.FINE ? State.FINE : State.NOTE,
                            balance.describe()),
                    ledger.limits()
                            .map(DoctorCommand::limits)
                            .orElse(new Finding("Claude limits", State.NOTE, "not known before the first request")));
        }
    }

    private static Finding limits(LearntLimits learnt) {
        Duration wait = learnt.waiting(Instant.now());
        return new Finding(
                "Claude limits",
                wait.isZero() ? State.FINE : State.NOTE,
                learnt.describe(ReaderLocale.get())
                        + (wait.isZero()
                                ? ""
                                : "; requests wait for another " + Quantities.duration(wait.toMillis() / 1000.0)));
    }

    /** The metrics of this run that are not zero. */
    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (Meter meter : services().metrics().getMeters()) {
            for (Measurement measurement : meter.measure()) {
                if (measurement.getValue() > 0) {
                    metrics.add(new Metric(
                            meter.getId().getName() + "."
                                    + measurement.getStatistic().getTagValueRepresentation(),
                            meter.getId().getTags().stream()
                                    .collect(Collectors.toMap(t -> t.getKey(), t -> t.getValue())),
                            measurement.getValue()));
                }
            }
        }
        return metrics;
    }

    private void show(List<Finding> findings, List<Metric> metrics) {
        findings.forEach(f -> out().printf(
                        ReaderLocale.get(),
                        "%s %-14s %s%n",
                        switch (f.state) {
                            case FINE -> "✓";
                            case NOTE -> "·";
                            case WRONG -> "✗";
                        },
                        f.what,
                        f.detail));
        if (!metrics.isEmpty()) {
            out().println();
            Table table = new Table("Metric of this run", "Labels", ">Value");
            metrics.forEach(m -> table.row(
                    m.name,
                    m.tags.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(t -> t.getKey() + "=" + t.getValue())
                            .collect(Collectors.joining(" ")),
                    String.format(ReaderLocale.get(), "%.3f", m.value)));
            table.print(out());
        }
        out().flush();
    }
}
