package org.avatarengine.app.people;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Duplicates;
import org.avatarengine.people.Duplicates.Candidate;
import org.avatarengine.people.Duplicates.Side;
import org.avatarengine.people.Merges;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@JsonOutput(Duplicates.Found.class)
@Command(
        name = "dedupe",
        mixinStandardHelpOptions = true,
        description = {
            "Finds duplicate people and merges those that it is sure about.",
            "It lists the other likely duplicates for review, with the reasons for and against each.",
            "You can undo a merge with `avatar people unmerge`."
        })
public final class DedupeCommand extends GraphCommand {
    @Option(
            names = "--auto",
            paramLabel = "P",
            defaultValue = "0.9",
            description = "Merge duplicates from this confidence on, from 0 to 1. Above 1: merge nobody."
                    + " Default: ${DEFAULT-VALUE}.")
    double auto;

    @Option(
            names = "--review",
            paramLabel = "P",
            defaultValue = "0.6",
            description = "List likely duplicates for review from this confidence on, from 0 to 1."
                    + " Default: ${DEFAULT-VALUE}.")
    double review;

    @Option(names = "--interactive", description = "Ask about each pair in the list for review.")
    boolean interactive;

    @Option(names = "--dry-run", description = "Merge nobody. Show what would be merged.")
    boolean dryRun;

    @Override
    protected int run(Graph graph) throws IOException {
        if (review > auto || review <= 0) {
            throw new InputException(
                    "--review must be above 0 and at most as large as --auto. It is " + review + ", and --auto is"
                            + " " + auto
                            + ".");
        }
        Merges merges = new Merges(graph);
        Duplicates.Found found = new Duplicates(graph).find(auto, review);
        List<Candidate> merged = found.sure();
        List<Candidate> open = found.open();
        if (!dryRun) {
            merged.forEach(candidate -> merge(merges, candidate));
        }
        if (options.json) {
            Json.print(out(), found);
            return 0;
        }
        show(dryRun ? "Would merge" : "Merged", merged);
        if (interactive) {
            ask(merges, open);
        } else {
            show("Likely duplicates to review (--interactive asks about each)", open);
        }
        if (merged.isEmpty() && open.isEmpty()) {
            out().println("No likely duplicates.");
        }
        return 0;
    }

    private static void merge(Merges merges, Candidate candidate) {
        merges.merge(
                candidate.kept().id(),
                candidate.gone().id(),
                new Merges.Reason(Duplicates.METHOD, candidate.probability(), candidate.why()));
    }

    private void show(String title, List<Candidate> candidates) {
        if (!candidates.isEmpty()) {
            out().println(title);
            candidates.forEach(this::card);
        }
    }

    private void card(Candidate candidate) {
        out().printf(
                        ReaderLocale.get(),
                        "  %s = %s  confidence %.3f%n",
                        describe(candidate.gone()),
                        describe(candidate.kept()),
                        candidate.probability());
        candidate.why().forEach(line -> out().println("      " + line));
    }

    private static String describe(Side side) {
        String addresses = side.name() == null || side.addresses().isEmpty()
                ? ""
                : " (" + String.join(", ", side.addresses()) + ")";
        return side.shown() + addresses;
    }

    private void ask(Merges merges, List<Candidate> open) throws IOException {
        BufferedReader answers = context.terminal().input();
        for (Candidate candidate : open) {
            card(candidate);
            out().print("  The same person? [y]es, [n]ot now, ne[v]er, [q]uit: ");
            out().flush();
            String answer = answers.readLine();
            if (answer == null || answer.strip().equalsIgnoreCase("q")) {
                return;
            }
            switch (answer.strip().toLowerCase(Locale.ROOT)) {
                case "y", "yes" -> merge(merges, candidate);
                case "v", "never" ->
                    merges.keepApart(candidate.kept().id(), candidate.gone().id());
                default -> out().println("  Not merged.");
            }
        }
    }
}
