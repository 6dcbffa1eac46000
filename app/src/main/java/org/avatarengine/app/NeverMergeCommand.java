package org.avatarengine.app;

import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "never-merge",
        mixinStandardHelpOptions = true,
        description = "Marks two people to stay two, whatever speaks for their being one.")
final class NeverMergeCommand extends GraphCommand {
    @Parameters(index = "0", paramLabel = "ONE", description = "A name, an address or an id.")
    String one = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "A name, an address or an id.")
    String other = "";

    @Option(names = "--undo", description = "Take the mark back.")
    boolean undo;

    @Override
    int run(Graph graph) {
        People people = new People(graph);
        Person first = people.find(one);
        Person second = people.find(other);
        if (first.id().equals(second.id())) {
            throw new InputException("\"" + one + "\" and \"" + other + "\" are one person: " + first.name() + ".");
        }
        Merges merges = new Merges(graph);
        if (!undo) {
            merges.keepApart(first.id(), second.id());
        } else if (!merges.allow(first.id(), second.id())) {
            throw new InputException(first.name() + " and " + second.name() + " were not marked to stay apart.");
        }
        if (common.json) {
            Json.print(out(), merges.keptApart());
        } else {
            out().println(first.name() + " and " + second.name()
                    + (undo ? " may be merged again." : " stay two people."));
        }
        return 0;
    }
}
