package org.avatarengine.app.talk;

import org.avatarengine.app.print.Display;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.Services;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.MemoryIndex;

/** Adds new messages to the memory before it is searched. */
public final class Memories {
    private Memories() {}

    /** The sentence model that embeds passages. */
    public static OnnxEncoder encoder() {
        return new OnnxEncoder(SentenceModel.BGE_SMALL, Runtime.getRuntime().availableProcessors());
    }

    static void fill(Services services, Graph graph, OnnxEncoder encoder, Display progress)
            throws InterruptedException {
        try (Interruption interruption = services.interruption()) {
            new MemoryIndex(graph, encoder).fill(progress, interruption::wanted);
        } finally {
            progress.done();
        }
    }
}
