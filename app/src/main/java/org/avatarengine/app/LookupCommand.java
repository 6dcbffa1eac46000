package org.avatarengine.app;

import java.util.List;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Merges.Merge;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "lookup",
        mixinStandardHelpOptions = true,
        description = "Says which person an id, an address or a name means now, and what was merged into it.")
final class LookupCommand extends GraphCommand {
    @Parameters(paramLabel = "ID", description = "A person's id, also that of a merged one; an address; a name.")
    String id = "";

    /**
     * What {@code --json} prints.
     *
     * @param via the merges that lead from what was asked for to the person
     * @param merged the merges into the person
     */
    record Found(Person person, List<Merge> via, List<Merge> merged) {}

    @Override
    int run(Graph graph) {
        Merges merges = new Merges(graph);
        List<Merge> via = merges.from(id);
        Person person =
                new People(graph).find(via.isEmpty() ? id : via.getLast().kept());
        Found found = new Found(
                person,
                via,
                merges.all().stream().filter(m -> m.kept().equals(person.id())).toList());
        if (common.json) {
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
