package org.avatarengine.app.people;

import java.util.List;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Merges;
import org.avatarengine.people.Merges.Apart;
import org.avatarengine.people.Merges.Merge;
import picocli.CommandLine.Command;

@JsonOutput(MergesCommand.Known.class)
@Command(
        name = "merges",
        mixinStandardHelpOptions = true,
        description = {"Lists the merges with the reasons for each.", "It also lists the pairs that are never merged."})
public final class MergesCommand extends GraphCommand {
    /** The output of {@code --json}. */
    record Known(List<Merge> merges, List<Apart> apart) {}

    @Override
    protected int run(Graph graph) {
        Merges merges = new Merges(graph);
        Known known = new Known(merges.all(), merges.keptApart());
        if (options.json) {
            Json.print(out(), known);
            return 0;
        }
        if (known.merges().isEmpty() && known.apart().isEmpty()) {
            err().println("There are no merges, and no pairs that are never merged.");
        }
        for (Merge merge : known.merges()) {
            out().println(merge.gone() + (merge.name() == null ? "" : " (" + merge.name() + ")") + " → "
                    + merge.kept());
            out().println("  " + Dates.day(merge.at()) + ", " + merge.method()
                    + (merge.probability() == null
                            ? ""
                            : String.format(ReaderLocale.get(), ", confidence %.3f", merge.probability())));
            merge.evidence().forEach(line -> out().println("    " + line));
        }
        known.apart().forEach(pair -> out().println(pair.one() + " and " + pair.other() + " are never merged"));
        return 0;
    }
}
