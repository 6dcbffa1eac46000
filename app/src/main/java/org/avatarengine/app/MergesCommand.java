package org.avatarengine.app;

import java.util.List;
import java.util.Locale;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Merges.Apart;
import org.avatarengine.people.Merges.Merge;
import picocli.CommandLine.Command;

@Command(
        name = "merges",
        mixinStandardHelpOptions = true,
        description = "Lists the merges, why each was made, and the pairs marked to stay apart.")
final class MergesCommand extends GraphCommand {
    /** What {@code --json} prints. */
    record Known(List<Merge> merges, List<Apart> apart) {}

    @Override
    int run(Graph graph) {
        Merges merges = new Merges(graph);
        Known known = new Known(merges.all(), merges.keptApart());
        if (common.json) {
            Json.print(out(), known);
            return 0;
        }
        if (known.merges().isEmpty() && known.apart().isEmpty()) {
            err().println("Nobody was merged or marked to stay apart.");
        }
        for (Merge merge : known.merges()) {
            out().println(merge.gone() + (merge.name() == null ? "" : " (" + merge.name() + ")") + " → "
                    + merge.kept());
            out().println("  " + PeopleCommand.day(merge.at()) + ", " + merge.method()
                    + (merge.probability() == null
                            ? ""
                            : String.format(Locale.ROOT, ", probability %.3f", merge.probability())));
            merge.evidence().forEach(line -> out().println("    " + line));
        }
        known.apart().forEach(pair -> out().println(pair.one() + " and " + pair.other() + " stay apart"));
        return 0;
    }
}
