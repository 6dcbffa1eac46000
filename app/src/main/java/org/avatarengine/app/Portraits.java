package org.avatarengine.app;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.analysis.SentenceVectors;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.text.VectorStore;
import org.jspecify.annotations.Nullable;

/** Makes portraits with the sentence vectors that there are. */
final class Portraits {
    private static final String VECTORS = "vectors";

    private Portraits() {}

    /** Removes the vectors of texts that are no message's any more. */
    static int pruneVectors(Graph graph, Path data) {
        return SentenceVectors.prune(
                graph, data.resolve(VECTORS), SentenceModel.MINILM.id(), SentenceModel.MINILM.dimensions());
    }

    static VectorStore vectors(Path data) {
        return VectorStore.open(data.resolve(VECTORS), SentenceModel.MINILM.id(), SentenceModel.MINILM.dimensions());
    }

    static Analysis.Findings of(
            Common common, Graph graph, Path data, ZoneId zone, Set<String> people, Display progress)
            throws InterruptedException {
        return of(common, graph, data, zone, people, progress, null);
    }

    /** @param before only what was said before is read; null for all */
    static Analysis.Findings of(
            Common common,
            Graph graph,
            Path data,
            ZoneId zone,
            Set<String> people,
            Display progress,
            @Nullable Instant before)
            throws InterruptedException {
        try (Interruption interruption = common.interruption();
                VectorStore vectors = vectors(data)) {
            return new Analysis(graph, zone, vectors::get, progress, interruption::wanted, before).of(people);
        } finally {
            progress.done();
        }
    }
}
