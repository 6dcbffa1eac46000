package org.avatarengine.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exclude",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a person out of everything: their messages, the conversations with them alone, profiles, memory,",
            "talks with their avatar. Imports leave them out from then on. Without a name: who is excluded.",
            "What others wrote about them stays; the original databases are not touched."
        })
final class ExcludeCommand extends GraphCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Who goes, or with --undo who may come back.")
    @Nullable
    String name;

    @Option(names = "--undo", description = "Let them in again; the next import brings what its source still holds.")
    boolean undo;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    @Override
    int run(Graph graph) throws IOException {
        Exclusions exclusions = new Exclusions(graph);
        if (name == null) {
            if (undo) {
                throw new InputException("--undo needs the name of a person.");
            }
        } else if (undo) {
            Exclusions.Exclusion back = exclusions.include(name);
            err().println((back.name().isEmpty() ? "They" : back.name())
                    + " may come back. Import your sources again to bring what they hold.");
        } else {
            exclude(graph, exclusions, new People(graph).find(name));
        }
        List<Exclusions.Exclusion> all = exclusions.all();
        if (common.json) {
            Json.print(out(), all);
            return 0;
        }
        Table table = new Table("Excluded", ">Addresses", "Since");
        all.forEach(one -> table.row(
                one.name().isEmpty() ? one.id() : one.name(), one.handles().size(), PeopleCommand.day(one.at())));
        table.print(out());
        return 0;
    }

    private void exclude(Graph graph, Exclusions exclusions, Person person) throws IOException {
        boolean agreed = yes
                || Question.agreed(
                        "Remove %s with %,d messages and all that was made of them? [y/N] ",
                        person.name(), person.sent());
        if (!agreed) {
            throw new InputException("Nobody was excluded. Say --yes to do it without being asked.");
        }
        RecordingGraph recordings = new RecordingGraph(graph);
        List<Recording> heard = common.recordings().all().stream()
                .filter(recording -> recordings.who(recording.id()).stream()
                        .anyMatch(one -> one.person().equals(person.id())))
                .toList();
        for (Recording recording : heard) {
            for (Identified one : recordings.who(recording.id())) {
                if (one.person().equals(person.id()) && one.counts()) {
                    common.recordings().leaveOut(recording, one.speaker());
                }
            }
        }
        common.voiceprints().delete(person.id());
        long gone = exclusions.exclude(person, Instant.now());
        if (Files.exists(common.dataFolder().resolve("token_usage.db"))) {
            try (Ledger ledger = common.openLedger()) {
                ledger.forget(person.id());
            }
        }
        int talks = removeTalks(person);
        err().println(person.name() + " is out: " + gone + " nodes and " + talks + " talks went.");
        if (!heard.isEmpty()) {
            err().println("Their words in recordings went; their voice is still in the originals of "
                    + String.join(", ", heard.stream().map(Recording::title).toList())
                    + ". To delete one: avatar recordings delete RECORDING");
        }
        Portraits.pruneVectors(graph, common.dataFolder());
        List<String> models = removeModels(person);
        if (!models.isEmpty()) {
            err().println("Models that had learnt their messages went, too: " + String.join(", ", models) + ".");
        }
        BackupCommand.remind(common, err(), "They are still in backups, which only you can delete: ");
    }

    /** Removes what has learnt from the person's messages: their own models, and those that grew from everybody's. */
    private List<String> removeModels(Person person) throws IOException {
        ModelStore store = common.modelStore();
        Path shared = store.folder(ModelStore.SHARED).toAbsolutePath().normalize();
        List<String> gone = new ArrayList<>();
        for (ModelCard card : store.all()) {
            boolean grown = card.base() != null && Path.of(card.base()).equals(shared);
            if (!card.name().equals(ModelStore.SHARED) && (grown || person.id().equals(card.person()))) {
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

    private int removeTalks(Person person) throws IOException {
        Path folder = common.dataFolder().resolve("chats");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int removed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".json")).toList()) {
                Transcript talk = Transcript.load(file);
                if (talk.person().equals(person.id()) || talk.partner().equals(person.id())) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        // What was typed in talks stands there for all of them together.
        Files.deleteIfExists(folder.resolve(".history"));
        return removed;
    }
}
