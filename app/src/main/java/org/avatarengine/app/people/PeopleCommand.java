package org.avatarengine.app.people;

import java.util.List;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(value = Person.class, form = Form.LIST)
@Command(
        name = "people",
        mixinStandardHelpOptions = true,
        description = {
            "Lists people; subcommands merge, name and exclude them.",
            "It lists the people who sent messages, with their dates and addresses."
        },
        subcommands = {
            DedupeCommand.class,
            MergeCommand.class,
            UnmergeCommand.class,
            NeverMergeCommand.class,
            MergesCommand.class,
            LookupCommand.class,
            NicknameCommand.class,
            FactsCommand.class,
            ConsentCommand.class,
            ExcludeCommand.class
        })
public final class PeopleCommand extends GraphCommand {
    @Option(names = "--all", description = "Also list people who never wrote a message.")
    boolean all;

    @Override
    protected int run(Graph graph) {
        List<Person> people = new People(graph)
                .all().stream().filter(p -> all || p.sent() > 0).toList();
        if (options.json) {
            Json.print(out(), people);
            return 0;
        }
        if (people.isEmpty()) {
            err().println("There are no messages yet. Run `avatar import` to add some.");
            return 0;
        }
        Table table = new Table("Name", ">Sent", ">Conversations", "First", "Last", "Addresses");
        for (Person p : people) {
            table.row(
                    p.owner() ? p.name() + " (you)" : p.name(),
                    p.sent(),
                    p.conversations(),
                    Dates.day(p.first()),
                    Dates.day(p.last()),
                    String.join(", ", p.handles()));
        }
        table.print(out());
        return 0;
    }
}
