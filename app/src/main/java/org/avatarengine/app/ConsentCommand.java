package org.avatarengine.app;

import java.time.Instant;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Consents;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "consent",
        mixinStandardHelpOptions = true,
        description = {
            "Records that a person agrees to an avatar of them; without it no avatar of them speaks.",
            "Without a name: who agreed, and when."
        })
final class ConsentCommand extends GraphCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Who agrees.")
    @Nullable
    String name;

    @Option(names = "--withdraw", description = "They agree no longer.")
    boolean withdraw;

    @Override
    int run(Graph graph) {
        Consents consents = new Consents(graph);
        if (name != null) {
            Person person = new People(graph).find(name);
            if (withdraw) {
                consents.withdraw(person);
            } else {
                consents.give(person, Instant.now());
            }
            if (!common.json) {
                out().println(
                                withdraw
                                        ? "No avatar of " + person.name() + " will speak."
                                        : person.name() + " agrees to an avatar of them, as you say.");
                return 0;
            }
        } else if (withdraw) {
            throw new InputException("--withdraw needs the name of a person.");
        }
        if (common.json) {
            Json.print(out(), consents.all());
            return 0;
        }
        Table table = new Table("Name", "Since");
        consents.all().forEach(consent -> table.row(consent.name(), PeopleCommand.day(consent.at())));
        table.print(out());
        return 0;
    }
}
