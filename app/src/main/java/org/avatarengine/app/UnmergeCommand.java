package org.avatarengine.app;

import java.util.List;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Merges.Merge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "unmerge",
        mixinStandardHelpOptions = true,
        description = "Takes a merged person out of the one it became part of.")
final class UnmergeCommand extends GraphCommand {
    @Parameters(paramLabel = "GONE", description = "The merged person: its id or its name before the merge.")
    String gone = "";

    @Override
    int run(Graph graph) {
        Merges merges = new Merges(graph);
        List<Merge> meant = merges.all().stream()
                .filter(m -> m.gone().equals(gone) || gone.equalsIgnoreCase(m.name()))
                .toList();
        if (meant.size() != 1) {
            throw new InputException((meant.isEmpty()
                            ? "No merge of \"" + gone + "\" is stored."
                            : "Several merges are of \"" + gone + "\".")
                    + " See their ids with: avatar people merges");
        }
        Merge undone = merges.unmerge(meant.getFirst().gone());
        if (common.json) {
            Json.print(out(), undone);
        } else {
            out().println((undone.name() == null ? undone.gone() : undone.name()) + " is a person of their own again.");
        }
        return 0;
    }
}
