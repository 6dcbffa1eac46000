package org.avatarengine.app.people;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.OutputFile;
import org.avatarengine.enrich.EnrichmentStore;
import org.avatarengine.enrich.PersonFacts;
import org.avatarengine.files.WholeFile;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = ProfileCommand.Whole.class, when = "without --with")
@JsonOutput(value = PortraitText.WithPartner.class, when = "with --with")
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how a person writes, when, to whom and with which emotions.",
            "If the stored portrait is missing or outdated, the messages are analyzed first."
        })
public final class ProfileCommand extends GraphCommand {
    @Parameters(
            paramLabel = "NAME",
            description = "A person: a name or part of it, an address, or \"me\" for yourself.")
    String name = "";

    @Option(
            names = "--with",
            paramLabel = "PARTNER",
            description = "Show only how they write to this person in one-to-one conversations.")
    @Nullable
    String partner;

    @Mixin
    OutputFile output = new OutputFile();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a report with charts to this HTML file, for a browser or a printer.")
    @Nullable
    Path report;

    /** The output of {@code --json}: the fields of the portrait, and the enrichments. */
    record Whole(
            @JsonUnwrapped Portrait portrait,
            List<EnrichmentStore.Stored> enrichments,
            List<PersonFacts.StoredFact> facts) {}

    @Override
    protected int run(Graph graph) throws InterruptedException, IOException {
        if (report != null) {
            output.require(report);
        }
        People people = new People(graph);
        Person person = people.find(name);
        Person with = partner == null ? null : people.find(partner);
        Portrait portrait = Portraits.of(services(), graph, person, services().display(err()), err()::println);
        if (report != null) {
            WholeFile.write(report.toAbsolutePath(), ReportPage.of(portrait));
            err().println("Wrote the report to " + report.toAbsolutePath() + ".");
        }
        if (options.json) {
            Json.print(
                    out(),
                    with == null
                            ? new Whole(
                                    portrait,
                                    new EnrichmentStore(graph).of(person.id()),
                                    new PersonFacts(graph).of(person.id()))
                            : PortraitText.audience(portrait, with));
        } else if (with != null) {
            PortraitText.print(out(), portrait, with);
        } else if (report == null) {
            PortraitText.print(out(), portrait);
            EnrichmentText.print(
                    out(), new EnrichmentStore(graph), new PersonFacts(graph).of(person.id()), person.id());
        }
        return 0;
    }
}
