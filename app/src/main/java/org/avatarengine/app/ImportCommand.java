package org.avatarengine.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.avatarengine.event.Event;
import org.avatarengine.graph.Graph;
import org.avatarengine.identity.Anonymizer;
import org.avatarengine.ingest.ImportReport;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.source.Diagnosis;
import org.avatarengine.source.MappedSource;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.exported.EventExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        subcommands = RecordingImport.class,
        description = {
            "Reads messages into the graph. A second run adds only what is new and applies later edits;",
            "a run that was stopped or killed goes on where it was."
        })
final class ImportCommand extends AvatarCommand {
    @Mixin
    Inputs inputs = new Inputs();

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write what is read to FILE as JSON Lines instead of into the graph.")
    @Nullable
    Path export;

    @Option(
            names = "--anonymize",
            description = "Replace phone numbers and e-mail addresses by hashes under a key kept in the data folder.")
    boolean anonymize;

    @Option(names = "--diagnose", description = "Store nothing; count what is there and what is odd about it.")
    boolean diagnose;

    @Override
    public Integer call() throws SourceException, InterruptedException {
        if (diagnose && export != null) {
            throw new InputException("--diagnose stores nothing, so it cannot go with --export. Give one of them.");
        }
        PrintWriter out = out();
        Display progress = common.display(err());
        Inputs.Opened opened = DiskRetry.open(
                common.disk(), () -> inputs.open(common.dataFolder().resolve("work")));
        err().println("Found: " + opened.saw());
        try (Source source =
                anonymize ? new MappedSource(opened.source(), anonymizer(), "anonymized") : opened.source()) {
            if (diagnose) {
                Diagnosis.Report report = Diagnosis.of(source, opened.missing());
                if (common.json) {
                    Json.print(out, report);
                } else {
                    print(out, report);
                }
                return 0;
            }
            return export != null ? export(source, export, out, progress) : store(source, out, progress);
        } finally {
            progress.done();
        }
    }

    private UnaryOperator<Event> anonymizer() {
        return new Anonymizer(
                KeyFile.in(common.dataFolder(), "anonymize.key", "with another key the same people get other names"),
                inputs.normalizer(),
                inputs.regionOrDefault());
    }

    private int export(Source source, Path file, PrintWriter out, Display progress)
            throws SourceException, InterruptedException {
        long total = source.remaining(Position.START);
        long events = EventExport.write(source, file, written -> progress.at("exporting", written, total));
        progress.done();
        if (common.json) {
            Json.print(out, Map.of("file", file.toString(), "events", events));
        } else {
            out.printf(Locale.ROOT, "Wrote %,d events to %s.%n", events, file);
        }
        return 0;
    }

    private int store(Source source, PrintWriter out, Display progress) throws SourceException, InterruptedException {
        try (Interruption interruption = common.interruption();
                Graph graph = common.openGraph()) {
            ImportReport report = new Ingest(graph, inputs.normalizer(), progress, interruption::wanted).run(source);
            progress.done();
            if (common.json) {
                Json.print(out, report);
            } else {
                print(out, report);
            }
            out.flush();
            return report.stopped() ? Main.EXIT_INTERRUPTED : 0;
        }
    }

    static void print(PrintWriter out, ImportReport report) {
        double seconds = Math.max(0.001, report.took().toMillis() / 1000.0);
        out.printf(
                Locale.ROOT,
                "%s %,d events in %.1f s (%,.0f/s): %,d new messages, %,d new reactions, %,d new people.%n",
                report.stopped() ? "Stopped after" : "Read",
                report.read(),
                seconds,
                report.read() / seconds,
                report.newMessages(),
                report.newReactions(),
                report.newPeople());
        if (report.problems() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d messages could not be read in full; what could be saved is stored. See: avatar import"
                            + " --diagnose%n",
                    report.problems());
        }
        if (report.unresolved() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d replies or reactions point to messages that are not in the graph.%n",
                    report.unresolved());
        }
        if (report.stopped()) {
            out.println("Run the same command again to go on.");
        }
    }

    private static void print(PrintWriter out, Diagnosis.Report report) {
        Table table = new Table("Found", ">Count");
        table.row("contacts", report.contacts());
        table.row("conversations", report.conversations());
        table.row("messages", report.messages());
        table.row("reactions", report.reactions());
        table.row("group changes", report.groupChanges());
        table.row("edited messages", report.edited());
        table.row("messages with parts taken back", report.unsent());
        table.row("recently deleted messages", report.recentlyDeleted());
        table.row("attachments", report.attachments());
        table.print(out);
        out.println();
        out.println("First message  " + PeopleCommand.day(report.firstMessage()));
        out.println("Last message   " + PeopleCommand.day(report.lastMessage()));
        out.println("By service     "
                + report.messagesPerService().entrySet().stream()
                        .map(e -> e.getKey() + " " + String.format(Locale.ROOT, "%,d", e.getValue()))
                        .collect(Collectors.joining(", ")));
        out.println();
        Table odd = new Table("Odd", ">Count");
        odd.row("messages in no conversation", report.orphans());
        odd.row("messages in several conversations", report.inSeveralConversations());
        odd.row("messages without a usable date", report.undated());
        odd.row("messages without a sender", report.senderless());
        odd.row("messages without any content", report.empty());
        odd.row("attachments whose file is missing", report.attachmentsMissing());
        report.undecodable().forEach((reason, count) -> odd.row("bodies not read in full: " + reason, count));
        odd.print(out);
    }
}
