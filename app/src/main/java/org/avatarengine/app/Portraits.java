package org.avatarengine.app;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;
import org.avatarengine.analysis.Analysis;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.text.VectorStore;

/** Makes portraits with the sentence vectors that there are. */
final class Portraits {
    private Portraits() {}

    static VectorStore vectors(Path data) {
        return VectorStore.open(data.resolve("vectors"), SentenceModel.MINILM.id(), SentenceModel.MINILM.dimensions());
    }

    static Analysis.Findings of(Graph graph, Path data, ZoneId zone, Set<String> people, ProgressLine progress)
            throws InterruptedException {
        try (Interruption interruption = new Interruption();
                VectorStore vectors = vectors(data)) {
            return new Analysis(graph, zone, vectors::get, progress, interruption::wanted).of(people);
        } finally {
            progress.done();
        }
    }
}
