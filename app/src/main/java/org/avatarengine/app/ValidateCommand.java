package org.avatarengine.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.avatarengine.audit.AuditLog;
import org.avatarengine.graph.Graph;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.validation.Validation;
import org.avatarengine.validation.Validation.Finding;
import org.avatarengine.validation.Validation.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Looks the stored data over: what hangs loose, is there twice, or leads nowhere, indexes, recordings, and the",
            "record of what was done. Changes nothing; says what to do. Exit code 1 when something should not be."
        })
final class ValidateCommand extends GraphCommand {
    @Option(names = "--all", description = "Also what is fine.")
    boolean all;

    @Override
    int run(Graph graph) {
        long began = System.nanoTime();
        List<Finding> findings = new ArrayList<>(new Validation(graph).run());
        findings.add(recordings(graph));
        findings.add(record());
        boolean right = findings.stream().noneMatch(finding -> finding.severity() == Severity.PROBLEM);
        if (common.json) {
            Json.print(out(), findings);
            return right ? 0 : Main.EXIT_INPUT;
        }
        List<Finding> shown = findings.stream()
                .filter(finding -> all || finding.severity() != Severity.FINE)
                .toList();
        if (!shown.isEmpty()) {
            Table table = new Table("", "What", ">Count", "Such as", "What to do");
            shown.forEach(finding -> table.row(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.what(),
                    finding.count(),
                    String.join(", ", finding.examples()),
                    finding.remedy()));
            table.print(out());
        }
        out().printf(
                        Locale.ROOT,
                        "%d checks in %.1f s: %s%n",
                        findings.size(),
                        (System.nanoTime() - began) / 1e9,
                        right ? "nothing that should not be." : "some things should not be.");
        out().flush();
        return right ? 0 : Main.EXIT_INPUT;
    }

    private Finding recordings(Graph graph) {
        List<String> stored = new RecordingGraph(graph).all();
        List<String> kept =
                common.recordings().all().stream().map(Recording::id).sorted().toList();
        List<String> loose = new ArrayList<>(stored);
        loose.removeAll(kept);
        List<String> missing = new ArrayList<>(kept);
        missing.removeAll(stored);
        loose.addAll(missing);
        return new Finding(
                "recordings that are in the graph or in their folder alone",
                loose.size(),
                loose.isEmpty() ? Severity.FINE : Severity.PROBLEM,
                loose.stream().limit(3).toList(),
                loose.isEmpty() ? "" : "avatar import recording FILE, or avatar recordings delete RECORDING");
    }

    private Finding record() {
        AuditLog audit = common.audit();
        Integer line = audit == null ? null : audit.check().broken();
        return new Finding(
                "places at which the record of what was done is broken",
                line == null ? 0 : 1,
                line == null ? Severity.FINE : Severity.PROBLEM,
                line == null ? List.of() : List.of("line " + line),
                line != null ? "avatar audit shows it; somebody changed it, or a process was killed as it wrote." : "");
    }
}
