package org.avatarengine.app.people;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.BackupReminder;
import org.avatarengine.app.services.ExitCode;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Purge;
import org.avatarengine.app.services.WorksAlone;
import org.avatarengine.chat.Transcript;
import org.avatarengine.exclusion.Exclusions;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.slm.model.ModelCard;
import org.avatarengine.slm.model.ModelStore;
import org.avatarengine.speech.recording.Identified;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.usage.Ledger;
import org.avatarengine.vault.DataFolder.Content;
import org.avatarengine.vault.TraceSearch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(ExcludeCommand.Report.class)
@Command(
        name = "exclude",
        mixinStandardHelpOptions = true,
        description = {
            "Removes a person's data and keeps it out of later imports.",
            "This deletes their messages, their one-to-one conversations, their profile and memory, their voice and"
                    + " models, and the chats with their avatar.",
            "It then rewrites the store's files, so that nothing of it can be recovered, and searches them for what was"
                    + " deleted.",
            "Messages in which others mention them stay, and their name and addresses, by which later imports know whom"
                    + " to leave out. The imported databases and files are not changed.",
            "Without a name, it lists the excluded people."
        })
public final class ExcludeCommand extends GraphCommand implements WorksAlone {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The person to exclude, or with --undo the person to include again.")
    @Nullable
    String name;

    @Option(
            names = "--undo",
            description = "Include the person again. The next import adds the messages that are still in its source.")
    boolean undo;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    boolean yes;

    @Override
    public boolean needsDataAlone() {
        return name != null && !undo;
    }

    /** What to search for in the files when somebody was excluded; null otherwise. */
    private @Nullable TraceSearch traces;

    private List<Exclusions.Exclusion> all = List.of();

    private Purge.@Nullable Purged purged;

    /** The output of {@code --json}: the excluded people, and how the traces of a new one were removed. */
    record Report(List<Exclusions.Exclusion> excluded, Purge.@Nullable Purged purged) {}

    @Override
    protected int run(Graph graph) throws IOException {
        Exclusions exclusions = new Exclusions(graph);
        if (name == null) {
            if (undo) {
                throw new InputException(
                        "Who should be included again? Give the name: `avatar people exclude NAME --undo`.");
            }
        } else if (undo) {
            Exclusions.Exclusion back = exclusions.include(name);
            err().println((back.name().isEmpty() ? "The person" : back.name())
                    + " is no longer excluded. Run `avatar import` again to add their messages.");
        } else {
            Exclusions.Exclusion interrupted = exclusions.withoutPerson(name).orElse(null);
            if (interrupted == null) {
                exclude(graph, exclusions, new People(graph).find(name));
            } else {
                traces = new TraceSearch();
                removeFiles(graph, interrupted.id());
            }
        }
        all = exclusions.all();
        return 0;
    }

    /** Removes the traces of the deleted data, which needs the graph to be closed. */
    @Override
    protected int afterwards(int code) throws IOException {
        if (traces != null) {
            purge(traces);
        }
        show();
        return code != 0 || purged == null || purged.found().isEmpty() ? code : ExitCode.INPUT;
    }

    private void purge(TraceSearch search) throws IOException {
        Purge purge = new Purge(services());
        String obstacle = purge.obstacle();
        if (obstacle != null) {
            err().println(obstacle);
            return;
        }
        purged = purge.run(search, services().display(err()), () -> false);
        err().println(purged.describe());
    }

    private void show() {
        if (options.json) {
            Json.print(out(), new Report(all, purged));
            return;
        }
        Table table = new Table("Excluded", ">Addresses", "Excluded on");
        all.forEach(one -> table.row(
                one.name().isEmpty() ? one.id() : one.name(), one.handles().size(), Dates.day(one.at())));
        table.print(out());
    }

    private void exclude(Graph graph, Exclusions exclusions, Person person) throws IOException {
        boolean agreed = yes
                || confirmation()
                        .agreed(
                                "Delete %s with %,d messages and everything made from them? [y/N] ",
                                person.name(), person.sent());
        if (!agreed) {
            throw new InputException("Nobody was excluded. To exclude without confirmation, add --yes.");
        }
        RecordingGraph recordings = new RecordingGraph(graph);
        List<Recording> heard = services().recordings().all().stream()
                .filter(recording -> recordings.who(recording.id()).stream()
                        .anyMatch(one -> one.person().equals(person.id())))
                .toList();
        for (Recording recording : heard) {
            for (Identified one : recordings.who(recording.id())) {
                if (one.person().equals(person.id()) && one.counts()) {
                    services().recordings().leaveOut(recording, one.speaker());
                }
            }
        }
        services().voiceprints().delete(person.id());
        TraceSearch search = exclusions.traces(person);
        long gone = exclusions.exclude(person, Instant.now());
        exclusions.leaveOutWhatStays(search);
        traces = search;
        err().println(person.name() + " is excluded. Deleted " + gone + " graph entries.");
        if (!heard.isEmpty()) {
            err().println("Their words were removed from the transcripts, but their voice is still in these"
                    + " recordings: "
                    + String.join(", ", heard.stream().map(Recording::title).toList())
                    + ". Run `avatar recordings delete RECORDING` to delete one.");
        }
        removeFiles(graph, person.id());
    }

    /** Removes what is stored outside the graph. After an interruption it is done again. */
    private void removeFiles(Graph graph, String person) throws IOException {
        if (Files.exists(services().data().at(Content.LEDGER))) {
            try (Ledger ledger = services().openLedger()) {
                ledger.forget(person);
            }
        }
        int talks = removeTalks(person);
        if (talks > 0) {
            err().println("Deleted " + talks + (talks == 1 ? " chat." : " chats."));
        }
        Portraits.pruneVectors(graph, services().data().path());
        List<String> models = removeModels(person);
        if (!models.isEmpty()) {
            err().println("Deleted the models that were trained on their messages: " + String.join(", ", models) + ".");
        }
        BackupReminder.print(services(), err(), "These backups still hold their data. Delete them yourself: ");
    }

    /** Deletes all models trained on the person's messages: their own, and those based on the shared model. */
    private List<String> removeModels(String person) throws IOException {
        ModelStore store = services().modelStore();
        Path shared = store.folder(ModelStore.SHARED).toAbsolutePath().normalize();
        List<String> gone = new ArrayList<>();
        for (ModelCard card : store.all()) {
            boolean grown = card.base() != null && Path.of(card.base()).equals(shared);
            if (!card.name().equals(ModelStore.SHARED) && (grown || person.equals(card.person()))) {
                store.delete(card.name());
                gone.add(card.name());
            }
        }
        if (store.has(ModelStore.SHARED)) {
            store.delete(ModelStore.SHARED);
            gone.add(ModelStore.SHARED);
        }
        store.removeCheckpoints();
        return gone;
    }

    private int removeTalks(String person) throws IOException {
        Path folder = services().data().at(Content.CHATS);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int removed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".json")).toList()) {
                Transcript talk = Transcript.load(file);
                if (talk.person().equals(person) || talk.partner().equals(person)) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        // The history holds the input of all chats together.
        Files.deleteIfExists(folder.resolve(".history"));
        return removed;
    }
}
