package org.avatarengine.app;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.enrich.EnrichmentStore;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Shows how a person writes: to whom, when, how long, in which words, with which feelings.")
final class ProfileCommand extends GraphCommand {
    @Parameters(paramLabel = "NAME", description = "A name or part of one, an address, or \"me\".")
    String name = "";

    @Option(names = "--with", paramLabel = "PARTNER", description = "Only what they write to this person alone.")
    @Nullable
    String partner;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page with charts, for a browser or a printer, to this file.")
    @Nullable
    Path report;

    /** What {@code --json} prints: the portrait's fields, and what Claude said. */
    record Whole(@JsonUnwrapped Portrait portrait, List<EnrichmentStore.Stored> enrichments) {}

    @Override
    int run(Graph graph) throws InterruptedException, IOException {
        People people = new People(graph);
        Person person = people.find(name);
        Person with = partner == null ? null : people.find(partner);
        Portrait portrait = Portraits.of(
                        common,
                        graph,
                        common.dataFolder(),
                        ZoneId.systemDefault(),
                        Set.of(person.id()),
                        common.display(err()))
                .portraits()
                .getFirst();
        if (report != null) {
            Files.writeString(report, ReportPage.of(portrait), StandardCharsets.UTF_8);
            err().println("Wrote " + report.toAbsolutePath());
        }
        if (common.json) {
            Json.print(
                    out(),
                    with == null
                            ? new Whole(portrait, new EnrichmentStore(graph).of(person.id()))
                            : PortraitText.audience(portrait, with));
        } else if (with != null) {
            PortraitText.print(out(), portrait, with);
        } else if (report == null) {
            PortraitText.print(out(), portrait);
            EnrichmentText.print(out(), new EnrichmentStore(graph), person.id());
        }
        return 0;
    }
}
