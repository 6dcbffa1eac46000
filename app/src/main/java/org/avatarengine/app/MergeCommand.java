package org.avatarengine.app;

import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Makes one person part of another. Can be undone with: avatar people unmerge")
final class MergeCommand extends GraphCommand {
    @Parameters(index = "0", paramLabel = "KEPT", description = "The person that stays: a name, an address or an id.")
    String kept = "";

    @Parameters(index = "1", paramLabel = "GONE", description = "The person that becomes part of it.")
    String gone = "";

    @Override
    int run(Graph graph) {
        People people = new People(graph);
        Person stays = people.find(kept);
        Person goes = people.find(gone);
        if (goes.owner()) {
            Person swapped = stays;
            stays = goes;
            goes = swapped;
        }
        new Merges(graph).merge(stays.id(), goes.id(), Merges.Reason.BY_HAND);
        if (common.json) {
            Json.print(out(), new Merges(graph).all().getFirst());
        } else {
            out().println(goes.name() + " is now part of " + stays.name() + ". To undo: avatar people unmerge "
                    + goes.id());
        }
        return 0;
    }
}
