package org.avatarengine.app;

import java.time.ZoneId;
import java.util.List;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "people",
        mixinStandardHelpOptions = true,
        description = "Lists the people of the graph; its subcommands find, merge and name them.",
        subcommands = {
            DedupeCommand.class,
            MergeCommand.class,
            UnmergeCommand.class,
            NeverMergeCommand.class,
            MergesCommand.class,
            LookupCommand.class,
            NicknameCommand.class,
            ConsentCommand.class,
            ExcludeCommand.class
        })
final class PeopleCommand extends GraphCommand {
    @Option(names = "--all", description = "Also those who never wrote.")
    boolean all;

    @Override
    int run(Graph graph) {
        List<Person> people = new People(graph)
                .all().stream().filter(p -> all || p.sent() > 0).toList();
        if (common.json) {
            Json.print(out(), people);
            return 0;
        }
        if (people.isEmpty()) {
            err().println("The graph holds no messages yet. Fill it with: avatar import");
            return 0;
        }
        Table table = new Table("Name", ">Sent", ">Conversations", "First", "Last", "Handles");
        for (Person p : people) {
            table.row(
                    p.owner() ? p.name() + " (you)" : p.name(),
                    p.sent(),
                    p.conversations(),
                    day(p.first()),
                    day(p.last()),
                    String.join(", ", p.handles()));
        }
        table.print(out());
        return 0;
    }

    static String day(java.time.@org.jspecify.annotations.Nullable Instant at) {
        return at == null ? "" : at.atZone(ZoneId.systemDefault()).toLocalDate().toString();
    }
}
