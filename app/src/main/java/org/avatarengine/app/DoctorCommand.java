package org.avatarengine.app;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.avatarengine.failure.Failure;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.recording.SpeechModels;
import org.avatarengine.usage.Balance;
import org.avatarengine.usage.Ledger;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Looks whether everything is as it should be. Sends nothing anywhere but to your own graph.")
final class DoctorCommand extends AvatarCommand {
    private static final long LITTLE_SPACE_BYTES = 2L << 30;
    private static final long MEBIBYTE = 1 << 20;

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

    @Override
    public Integer call() throws Exception {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "Java",
                State.FINE,
                Runtime.version() + ", " + Runtime.getRuntime().maxMemory() / MEBIBYTE + " MiB of heap"));
        check(findings, "Settings", () -> {
            common.config();
            return new Finding("Settings", State.FINE, common.configFile().toString());
        });
        check(findings, "Data folder", this::folder);
        check(findings, "Graph", this::graph);
        check(findings, "Usage ledger", this::ledger);
        check(
                findings,
                "Prices",
                () -> new Finding(
                        "Prices", State.FINE, "checked " + common.prices().checked()));
        check(findings, "Key of Claude", () -> {
            boolean found = Common.apiKey().find().isPresent();
            return new Finding(
                    "Key of Claude",
                    found ? State.FINE : State.NOTE,
                    found ? "there is one" : "none; only enrich needs it (ANTHROPIC_API_KEY or avatar config key)");
        });
        check(
                findings,
                "ffmpeg",
                () -> Ffmpeg.installedOne()
                        .map(own ->
                                new Finding("ffmpeg", State.FINE, own.program().toString()))
                        .orElse(
                                new Finding(
                                        "ffmpeg",
                                        State.NOTE,
                                        "none is installed; the older one that comes with this program is used for recordings")));
        check(findings, "Listening", () -> {
            List<SpeechModels.Added> added = common.speechModels().all();
            return new Finding(
                    "Listening",
                    added.isEmpty() ? State.NOTE : State.FINE,
                    added.isEmpty()
                            ? "none was added; the small English one that comes with this program is used"
                            : String.join(
                                    ", ",
                                    added.stream().map(SpeechModels.Added::name).toList()));
        });
        List<Metric> metrics = metrics();
        if (common.json) {
            Json.print(out(), new Report(findings, metrics));
        } else {
            show(findings, metrics);
        }
        return findings.stream().anyMatch(f -> f.state == State.WRONG) ? Main.EXIT_INPUT : 0;
    }

    private static void check(List<Finding> findings, String what, Check check) {
        try {
            findings.add(check.run());
        } catch (Failure | InputException e) {
            findings.add(new Finding(what, State.WRONG, String.valueOf(e.getMessage())));
        } catch (Exception e) {
            findings.add(new Finding(what, State.WRONG, e.toString()));
        }
    }

    private Finding folder() throws IOException {
        Path folder = common.dataFolder();
        if (!Files.isDirectory(folder)) {
            return new Finding("Data folder", State.NOTE, folder + " is not there yet; the first import makes it");
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        String detail = folder + ", " + free / MEBIBYTE + " MiB free";
        if (free < LITTLE_SPACE_BYTES) {
            return new Finding("Data folder", State.NOTE, detail + ": that is little");
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(folder).stream()
                        .anyMatch(p -> p != PosixFilePermission.OWNER_READ
                                && p != PosixFilePermission.OWNER_WRITE
                                && p != PosixFilePermission.OWNER_EXECUTE)) {
            return new Finding("Data folder", State.NOTE, detail + "; others can look into it: chmod 700 " + folder);
        }
        return new Finding("Data folder", State.FINE, detail);
    }

    private Finding graph() {
        long begin = System.nanoTime();
        try (Graph graph = common.openGraph()) {
            double opened = (System.nanoTime() - begin) / 1e9;
            long asked = System.nanoTime();
            Row row = graph.read("MATCH (m:Message) RETURN count(m) AS n", Map.of())
                    .getFirst();
            return new Finding(
                    "Graph",
                    State.FINE,
                    String.format(
                            Locale.ROOT,
                            "%s, %,d messages; opened in %.1f s, answered in %.0f ms",
                            graph.place(),
                            row.number("n"),
                            opened,
                            (System.nanoTime() - asked) / 1e6));
        }
    }

    private Finding ledger() {
        try (Ledger ledger = common.openLedger()) {
            Balance balance = ledger.balance(Spending.budget(common.config(), null));
            return new Finding(
                    "Usage ledger",
                    balance.level() == Balance.Level.FINE ? State.FINE : State.NOTE,
                    balance.describe());
        }
    }

    /** What calls of this run counted, where it is not zero. */
    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (Meter meter : common.metrics().getMeters()) {
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
                        Locale.ROOT,
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
            Table table = new Table("Calls of this run", "What", ">Value");
            metrics.forEach(m -> table.row(
                    m.name,
                    m.tags.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(t -> t.getKey() + "=" + t.getValue())
                            .collect(Collectors.joining(" ")),
                    String.format(Locale.ROOT, "%.3f", m.value)));
            table.print(out());
        }
        out().flush();
    }
}
