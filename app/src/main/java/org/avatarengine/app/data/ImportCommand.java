package org.avatarengine.app.data;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.avatarengine.anonymize.AnonymizedSource;
import org.avatarengine.anonymize.Anonymizer;
import org.avatarengine.anonymize.KnownNames;
import org.avatarengine.anonymize.Pseudonyms;
import org.avatarengine.app.people.Portraits;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.recording.RecordingImport;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.DiskRetry;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.KeyFile;
import org.avatarengine.app.services.OutputFile;
import org.avatarengine.graph.Graph;
import org.avatarengine.ingest.ImportReport;
import org.avatarengine.ingest.Ingest;
import org.avatarengine.source.Diagnosis;
import org.avatarengine.source.Position;
import org.avatarengine.source.Source;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.exported.EventExport;
import org.avatarengine.vault.DataFolder.Content;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@JsonOutput(value = ImportReport.class, when = "without --diagnose and --export")
@JsonOutput(value = Diagnosis.Report.class, when = "with --diagnose")
@JsonOutput(value = ImportCommand.Exported.class, when = "with --export")
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        subcommands = RecordingImport.class,
        description = {
            "Imports messages into the graph.",
            "A second import adds only new messages and applies later edits.",
            "If an import is interrupted, run the same command again to continue it.",
            "To import audio or video, use `avatar import recording FILE`."
        })
public final class ImportCommand extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return diagnose || export != null && !anonymize ? DataUse.NONE : DataUse.STORES;
    }

    @Mixin
    Inputs inputs = new Inputs();

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write the messages to FILE as JSON Lines instead of storing them.")
    @Nullable
    Path export;

    @Mixin
    OutputFile output = new OutputFile();

    @Option(
            names = "--anonymize",
            description = "Replace names, phone numbers, e-mail addresses, links, group names and file names with"
                    + " pseudonyms before anything is stored. The key is kept in the data folder. Later imports into"
                    + " the same folder are anonymized, too.")
    boolean anonymize;

    @Option(
            names = "--diagnose",
            description = "Store nothing. Count the messages and list what is unusual about them.")
    boolean diagnose;

    /** The output of {@code --export --json}. */
    record Exported(String file, long events) {}

    @Override
    public Integer call() throws SourceException, InterruptedException {
        if (diagnose && export != null) {
            throw new InputException("--diagnose and --export cannot be used together. Give only one of them.");
        }
        if (export != null) {
            output.require(export);
        }
        PrintWriter out = out();
        Display progress = services().display(err());
        Inputs.Opened opened = open(null);
        err().println("Found: " + opened.saw());
        try (Source source = opened.source()) {
            if (diagnose) {
                Diagnosis.Report report = Diagnosis.of(source, opened.missing());
                if (options.json) {
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

    /** @param zone the zone of times without an offset, unless an option gives another */
    private Inputs.Opened open(@Nullable ZoneId zone) throws SourceException, InterruptedException {
        return DiskRetry.open(
                services().disk(), () -> inputs.open(services().data().at(Content.WORK), zone, context.terminal()));
    }

    /**
     * The source with pseudonyms.
     *
     * @param earlier names in the store, so that a person known from another source is also recognized in texts
     */
    private Source anonymized(Source source, Collection<String> earlier) throws SourceException, InterruptedException {
        Pseudonyms pseudonyms = new Pseudonyms(KeyFile.in(
                services().data().at(Content.ANONYMIZE_KEY),
                "With a different key, the same people get different names."));
        err().println("Collecting the names to replace …");
        KnownNames names = KnownNames.of(source, earlier, pseudonyms);
        return new AnonymizedSource(source, new Anonymizer(pseudonyms, inputs.normalizer(), names));
    }

    private int export(Source source, Path file, PrintWriter out, Display progress)
            throws SourceException, InterruptedException {
        Source exported = anonymize ? anonymized(source, List.of()) : source;
        // People and conversations come before the messages, which alone are counted in advance.
        long total = exported.remaining(Position.START);
        long events = EventExport.write(
                exported,
                file,
                written -> progress.at("exporting", total < 0 ? written : Math.min(written, total), total));
        progress.done();
        if (options.json) {
            Json.print(out, new Exported(file.toString(), events));
        } else {
            out.printf(ReaderLocale.get(), "Exported %,d events to %s.%n", events, file);
        }
        return 0;
    }

    private int store(Source source, PrintWriter out, Display progress) throws SourceException, InterruptedException {
        try (Interruption interruption = services().interruption();
                Graph graph = services().openGraph()) {
            decideOnAnonymizing(graph);
            Ingest ingest = new Ingest(graph, inputs.normalizer(), progress, interruption::wanted);
            ImportReport report = ingestInZoneOfEarlierImports(ingest, source, graph);
            if (report.renamedMessages() > 0) {
                out.printf(
                        ReaderLocale.get(),
                        "%,d messages from an earlier version of this program were recognized and are not stored twice.%n",
                        report.renamedMessages());
            }
            if (report.changedMessages() > 0) {
                Portraits.pruneVectors(graph, services().data().path());
            }
            progress.done();
            if (options.json) {
                Json.print(out, report);
            } else {
                print(out, report);
            }
            out.flush();
            return report.stopped() ? ExitCode.INTERRUPTED : 0;
        }
    }

    /** A store is anonymized as a whole or not at all. */
    private void decideOnAnonymizing(Graph graph) {
        Ingest.Stored stored = Ingest.stored(graph);
        if (anonymize && stored == Ingest.Stored.PLAIN) {
            throw new InputException("The store already holds data that is not anonymized. Import into another folder"
                    + " with --data, or run `avatar reset` first.");
        }
        if (!anonymize && stored == Ingest.Stored.ANONYMIZED) {
            err().println("The store is anonymized, so this import is anonymized, too.");
            anonymize = true;
        }
    }

    /** Messages keep their times when the same chat is imported again on a computer that has travelled. */
    private ImportReport ingestInZoneOfEarlierImports(Ingest ingest, Source source, Graph graph)
            throws SourceException, InterruptedException {
        ZoneId zone = source.zone();
        ZoneId earlier = zone == null || inputs.zone != null ? null : Ingest.zoneOf(graph);
        if (earlier == null || earlier.equals(zone)) {
            return ingest(ingest, source, graph);
        }
        err().println("Times without an offset are read in the time zone " + earlier
                + ", as in earlier imports. Use --zone to change it.");
        try (Source again = open(earlier).source()) {
            return ingest(ingest, again, graph);
        }
    }

    private ImportReport ingest(Ingest ingest, Source source, Graph graph)
            throws SourceException, InterruptedException {
        return ingest.run(anonymize ? anonymized(source, Ingest.names(graph)) : source);
    }

    public static void print(PrintWriter out, ImportReport report) {
        double seconds = Math.max(0.001, report.took().toMillis() / 1000.0);
        out.printf(
                ReaderLocale.get(),
                "%s %,d events in %s (%,.0f/s): %,d new messages, %,d new reactions, %,d new people.%n",
                report.stopped() ? "Stopped after" : "Read",
                report.read(),
                Quantities.duration(seconds),
                report.read() / seconds,
                report.newMessages(),
                report.newReactions(),
                report.newPeople());
        if (report.problems() > 0) {
            out.printf(
                    ReaderLocale.get(),
                    "%,d messages could not be read completely. Their readable parts are stored. Run"
                            + " `avatar import --diagnose` for details.%n",
                    report.problems());
        }
        if (report.joinedConversations() > 0) {
            out.printf(
                    ReaderLocale.get(),
                    "%,d conversations that were stored in parts are joined now.%n",
                    report.joinedConversations());
        }
        if (report.changedMessages() > 0) {
            out.printf(
                    ReaderLocale.get(),
                    "%,d messages were edited, deleted, restored or moved since the last import, or are read better now."
                            + " Run `avatar compact` to remove their old texts from the store's files.%n",
                    report.changedMessages());
        }
        if (report.unresolved() > 0) {
            out.printf(
                    ReaderLocale.get(),
                    "%,d replies or reactions refer to messages that are not in the graph.%n",
                    report.unresolved());
        }
        if (report.stopped()) {
            out.println("Run the same command again to continue.");
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
        table.row("messages with unsent parts", report.unsent());
        table.row("recently deleted messages", report.recentlyDeleted());
        table.row("attachments", report.attachments());
        table.print(out);
        out.println();
        out.println("First message  " + Dates.day(report.firstMessage()));
        out.println("Last message   " + Dates.day(report.lastMessage()));
        out.println("By service     "
                + report.messagesPerService().entrySet().stream()
                        .map(e -> e.getKey() + " " + String.format(ReaderLocale.get(), "%,d", e.getValue()))
                        .collect(Collectors.joining(", ")));
        out.println();
        Table odd = new Table("Unusual", ">Count");
        odd.row("messages in no conversation", report.orphans());
        odd.row("messages in several conversations", report.inSeveralConversations());
        odd.row("messages without a usable date", report.undated());
        odd.row("messages without a sender", report.senderless());
        odd.row("messages without any content", report.empty());
        odd.row("attachments whose file is missing", report.attachmentsMissing());
        report.undecodable().forEach((reason, count) -> odd.row("messages not read completely: " + reason, count));
        odd.print(out);
    }
}
