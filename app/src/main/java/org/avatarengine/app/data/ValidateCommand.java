package org.avatarengine.app.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.audit.AuditLog;
import org.avatarengine.graph.Graph;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.validation.Validation;
import org.avatarengine.validation.Validation.Finding;
import org.avatarengine.validation.Validation.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(value = Finding.class, form = Form.LIST)
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the stored data for broken links and duplicates.",
            "It also checks the indexes, the recordings and the audit log.",
            "It changes nothing, and says how to solve each problem.",
            "The exit code is 1 if it finds a problem."
        })
public final class ValidateCommand extends GraphCommand {
    @Option(names = "--all", description = "Also list the checks that found nothing.")
    boolean all;

    @Override
    protected int run(Graph graph) {
        long began = System.nanoTime();
        List<Finding> findings = new ArrayList<>(new Validation(graph).run());
        findings.add(recordings(graph));
        findings.add(record());
        long problems = findings.stream()
                .filter(finding -> finding.severity() == Severity.PROBLEM)
                .count();
        if (options.json) {
            Json.print(out(), findings);
            return problems == 0 ? 0 : ExitCode.INPUT;
        }
        List<Finding> shown = findings.stream()
                .filter(finding -> all || finding.severity() != Severity.FINE)
                .toList();
        if (!shown.isEmpty()) {
            Table table = new Table("Result", "Check", ">Count", "Examples", "Solution");
            shown.forEach(finding -> table.row(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.what(),
                    finding.count(),
                    String.join(", ", finding.examples()),
                    finding.remedy()));
            table.print(out());
        }
        out().printf(
                        ReaderLocale.get(),
                        "%s (%d checks in %s).%n",
                        problems == 0
                                ? "No problems found"
                                : problems == 1 ? "1 check found a problem" : problems + " checks found problems",
                        findings.size(),
                        Quantities.duration((System.nanoTime() - began) / 1e9));
        out().flush();
        return problems == 0 ? 0 : ExitCode.INPUT;
    }

    private Finding recordings(Graph graph) {
        List<String> stored = new RecordingGraph(graph).all();
        List<String> kept = services().recordings().all().stream()
                .map(Recording::id)
                .sorted()
                .toList();
        List<String> loose = new ArrayList<>(stored);
        loose.removeAll(kept);
        List<String> missing = new ArrayList<>(kept);
        missing.removeAll(stored);
        loose.addAll(missing);
        return new Finding(
                "recordings that are only in the graph or only in their folder",
                loose.size(),
                loose.isEmpty() ? Severity.FINE : Severity.PROBLEM,
                loose.stream().limit(3).toList(),
                loose.isEmpty() ? "" : "Run `avatar import recording FILE` or `avatar recordings delete RECORDING`.");
    }

    private Finding record() {
        AuditLog audit = services().audit();
        Integer line = audit == null ? null : audit.check().broken();
        return new Finding(
                "breaks in the audit log",
                line == null ? 0 : 1,
                line == null ? Severity.FINE : Severity.PROBLEM,
                line == null ? List.of() : List.of("line " + line),
                line == null
                        ? ""
                        : "Somebody changed the log, or a process was killed while it wrote. Run `avatar audit`.");
    }
}
