package org.avatarengine.app.people;

import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.JsonOutput.Form;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(value = Merges.Apart.class, form = Form.LIST)
@Command(
        name = "never-merge",
        mixinStandardHelpOptions = true,
        description = "Marks two people as different, so that they are never merged.")
public final class NeverMergeCommand extends GraphCommand {
    @Parameters(index = "0", paramLabel = "ONE", description = "A name, an address or an id.")
    String one = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "A name, an address or an id.")
    String other = "";

    @Option(names = "--undo", description = "Remove the mark.")
    boolean undo;

    @Override
    protected int run(Graph graph) {
        People people = new People(graph);
        Person first = people.find(one);
        Person second = people.find(other);
        if (first.id().equals(second.id())) {
            throw new InputException(
                    "\"" + one + "\" and \"" + other + "\" are the same person: " + first.name() + ".");
        }
        Merges merges = new Merges(graph);
        if (!undo) {
            merges.keepApart(first.id(), second.id());
        } else if (!merges.allow(first.id(), second.id())) {
            throw new InputException(first.name() + " and " + second.name()
                    + " are not marked as different people. Run `avatar people merges` to see the marked pairs.");
        }
        if (options.json) {
            Json.print(out(), merges.keptApart());
        } else {
            out().println(first.name() + " and " + second.name()
                    + (undo ? " can be merged again." : " are never merged."));
        }
        return 0;
    }
}
