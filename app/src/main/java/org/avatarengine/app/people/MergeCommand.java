package org.avatarengine.app.people;

import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@JsonOutput(Merges.Merge.class)
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = {"Merges two entries for one person.", "Run `avatar people unmerge` to undo it."})
public final class MergeCommand extends GraphCommand {
    @Parameters(index = "0", paramLabel = "KEPT", description = "The entry to keep: a name, an address or an id.")
    String kept = "";

    @Parameters(
            index = "1",
            paramLabel = "GONE",
            description = "The entry that becomes part of it: a name, an address or an id.")
    String gone = "";

    @Override
    protected int run(Graph graph) {
        People people = new People(graph);
        Person stays = people.find(kept);
        Person goes = people.find(gone);
        if (goes.owner()) {
            Person swapped = stays;
            stays = goes;
            goes = swapped;
        }
        new Merges(graph).merge(stays.id(), goes.id(), Merges.Reason.BY_HAND);
        if (options.json) {
            Json.print(out(), new Merges(graph).all().getFirst());
        } else {
            out().println(goes.name() + " is now part of " + stays.name() + ". To undo it, run `avatar people unmerge "
                    + goes.id() + "`.");
        }
        return 0;
    }
}
