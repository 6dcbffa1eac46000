package org.avatarengine.app;

import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.MemoryIndex;

/** Brings the memory up to date before it is asked. */
final class Memories {
    private Memories() {}

    /** The sentence model that passages are embedded by. */
    static OnnxEncoder encoder() {
        return new OnnxEncoder(SentenceModel.BGE_SMALL, Runtime.getRuntime().availableProcessors());
    }

    static void fill(Common common, Graph graph, OnnxEncoder encoder, Display progress) throws InterruptedException {
        try (Interruption interruption = common.interruption()) {
            new MemoryIndex(graph, encoder).fill(progress, interruption::wanted);
        } finally {
            progress.done();
        }
    }
}
