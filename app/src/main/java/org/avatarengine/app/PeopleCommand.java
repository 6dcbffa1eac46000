package org.avatarengine.app;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "people", mixinStandardHelpOptions = true, description = "Lists the people of the graph.")
final class PeopleCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Option(names = "--all", description = "Also those who never wrote.")
    boolean all;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        try (Graph graph = common.openGraph()) {
            List<Person> people = new People(graph)
                    .all().stream().filter(p -> all || p.sent() > 0).toList();
            if (common.json) {
                Json.print(spec.commandLine().getOut(), people);
                return 0;
            }
            if (people.isEmpty()) {
                spec.commandLine().getErr().println("The graph holds no messages yet. Fill it with: avatar import");
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
            table.print(spec.commandLine().getOut());
            return 0;
        }
    }

    static String day(java.time.@org.jspecify.annotations.Nullable Instant at) {
        return at == null ? "" : at.atZone(ZoneId.systemDefault()).toLocalDate().toString();
    }
}
