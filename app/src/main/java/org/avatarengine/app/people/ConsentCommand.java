package org.avatarengine.app.people;

import java.time.Instant;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Consents;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = Consents.Consent.class, form = Form.LIST)
@Command(
        name = "consent",
        mixinStandardHelpOptions = true,
        description = {
            "Records that a person has agreed to an avatar of them.",
            "Without this consent, nobody can chat with an avatar of them.",
            "Without a name, it lists who has agreed, and when."
        })
public final class ConsentCommand extends GraphCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The person who has agreed: a name or part of it, an address, or \"me\" for yourself.")
    @Nullable
    String name;

    @Option(names = "--withdraw", description = "Withdraw the consent.")
    boolean withdraw;

    @Override
    protected int run(Graph graph) {
        Consents consents = new Consents(graph);
        if (name != null) {
            Person person = new People(graph).find(name);
            if (withdraw) {
                consents.withdraw(person);
            } else {
                consents.give(person, Instant.now());
            }
            if (!options.json) {
                out().println(
                                withdraw
                                        ? "Recorded: " + person.name() + " no longer agrees to an avatar."
                                        : "Recorded: " + person.name() + " has agreed to an avatar.");
                return 0;
            }
        } else if (withdraw) {
            throw new InputException(
                    "Whose consent is withdrawn? Give the name: `avatar people consent NAME --withdraw`.");
        }
        if (options.json) {
            Json.print(out(), consents.all());
            return 0;
        }
        Table table = new Table("Name", "Agreed on");
        consents.all().forEach(consent -> table.row(consent.name(), Dates.day(consent.at())));
        table.print(out());
        return 0;
    }
}
