package org.avatarengine.app.people;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Consumer;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.analysis.PortraitReader;
import org.avatarengine.analysis.PortraitStore;
import org.avatarengine.analysis.SentenceVectors;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.Services;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.people.Person;
import org.avatarengine.vault.DataFolder.Content;
import org.avatarengine.vectors.VectorStore;
import org.jspecify.annotations.Nullable;

/** Reads stored portraits. A missing or outdated portrait is computed from the existing sentence vectors. */
public final class Portraits {
    private static final String VECTORS = Content.VECTORS.fileName();

    private Portraits() {}

    /** Removes the vectors of texts that no message has any more. */
    public static int pruneVectors(Graph graph, Path data) {
        return SentenceVectors.prune(
                graph, data.resolve(VECTORS), SentenceModel.MINILM.id(), SentenceModel.MINILM.dimensions());
    }

    public static VectorStore vectors(Path data) {
        return VectorStore.open(data.resolve(VECTORS), SentenceModel.MINILM.id(), SentenceModel.MINILM.dimensions());
    }

    /**
     * The stored portrait of a person. If there is none, or if it is older than their messages, it is computed and
     * stored. All other outdated portraits are then computed too, because reading all messages is what takes the time.
     *
     * @param told receives one line if the portrait is outdated
     */
    public static Portrait of(Services services, Graph graph, Person person, Display progress, Consumer<String> told)
            throws InterruptedException {
        PortraitStore store = new PortraitStore(graph);
        PortraitStore.State state = store.state(person.id());
        Portrait stored = state == PortraitStore.State.FRESH ? new PortraitReader(graph).read(person) : null;
        if (stored != null) {
            return stored;
        }
        if (state == PortraitStore.State.CHANGED) {
            told.accept("The stored portrait is older than the messages. Analyzing again.");
        }
        Set<String> wanted = store.changed();
        wanted.add(person.id());
        Analysis.Findings findings =
                of(services, graph, services.data().path(), ZoneId.systemDefault(), wanted, progress);
        store.storeRefreshed(
                findings,
                done -> progress.at(
                        "storing portraits", done, findings.portraits().size()));
        progress.done();
        return findings.portraits().stream()
                .filter(portrait -> portrait.person().id().equals(person.id()))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        person.name() + " is no longer in the data. Run `avatar people` to see who is."));
    }

    /** Computes portraits from all messages. */
    public static Analysis.Findings of(
            Services services, Graph graph, Path data, ZoneId zone, Set<String> people, Display progress)
            throws InterruptedException {
        return of(services, graph, data, zone, people, progress, null);
    }

    /** @param before only messages before this time are read; null for all */
    public static Analysis.Findings of(
            Services services,
            Graph graph,
            Path data,
            ZoneId zone,
            Set<String> people,
            Display progress,
            @Nullable Instant before)
            throws InterruptedException {
        try (Interruption interruption = services.interruption();
                VectorStore vectors = vectors(data)) {
            return new Analysis(graph, zone, vectors::get, progress, interruption::wanted, before).of(people);
        } finally {
            progress.done();
        }
    }
}
