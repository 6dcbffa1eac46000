package org.avatarengine.app.people;

import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Merges.Merge;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@JsonOutput(LookupCommand.Found.class)
@Command(
        name = "lookup",
        mixinStandardHelpOptions = true,
        description = {
            "Shows which person an id, an address or a name stands for.",
            "It also lists the duplicates that were merged into this person."
        })
public final class LookupCommand extends GraphCommand {
    @Parameters(paramLabel = "ID", description = "A name, an address or an id, also the id of a merged person.")
    String id = "";

    /**
     * The output of {@code --json}.
     *
     * @param via the merges that lead from the given id to the person
     * @param merged the merges into the person
     */
    record Found(Person person, List<Merge> via, List<Merge> merged) {}

    @Override
    protected int run(Graph graph) {
        Merges merges = new Merges(graph);
        List<Merge> via = merges.from(id);
        Person person =
                new People(graph).find(via.isEmpty() ? id : via.getLast().kept());
        Found found = new Found(
                person,
                via,
                merges.all().stream().filter(m -> m.kept().equals(person.id())).toList());
        if (options.json) {
            Json.print(out(), found);
            return 0;
        }
        out().println(person.name() + "  " + person.id());
        if (!person.handles().isEmpty()) {
            out().println("  addresses " + String.join(", ", person.handles()));
        }
        for (Merge merge : found.merged()) {
            out().println("  merged from " + merge.gone() + (merge.name() == null ? "" : " (" + merge.name() + ")")
                    + ", " + merge.method());
            merge.evidence().forEach(line -> out().println("    " + line));
        }
        return 0;
    }
}
