package org.avatarengine.app.people;

import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Merges.Merge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@JsonOutput(Merge.class)
@Command(
        name = "unmerge",
        mixinStandardHelpOptions = true,
        description = "Undoes a merge, so that both people are separate again.")
public final class UnmergeCommand extends GraphCommand {
    @Parameters(paramLabel = "GONE", description = "The merged entry: its id or its name before the merge.")
    String gone = "";

    @Override
    protected int run(Graph graph) {
        Merges merges = new Merges(graph);
        List<Merge> meant = merges.all().stream()
                .filter(m -> m.gone().equals(gone) || gone.equalsIgnoreCase(m.name()))
                .toList();
        if (meant.size() != 1) {
            throw new InputException((meant.isEmpty()
                            ? "No merge of \"" + gone + "\" is stored."
                            : "There are several merges of \"" + gone + "\". Give the id of one.")
                    + " Run `avatar people merges` to see the ids.");
        }
        Merge undone = merges.unmerge(meant.getFirst().gone());
        if (options.json) {
            Json.print(out(), undone);
        } else {
            out().println((undone.name() == null ? undone.gone() : undone.name()) + " is a separate person again.");
        }
        return 0;
    }
}
