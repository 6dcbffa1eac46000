package org.avatarengine.app.talk;

import org.avatarengine.app.print.Display;
import org.avatarengine.app.services.ExecutionContext;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.app.services.Services;
import org.avatarengine.embedding.SentenceModel;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.MemoryIndex;
import org.avatarengine.vectors.SentenceEncoder;

/** Adds new messages to the memory before it is searched. */
public final class Memories {
    private Memories() {}

    /** The sentence model that embeds passages. */
    public static SentenceEncoder encoder(ExecutionContext context) {
        return context.encoder(SentenceModel.BGE_SMALL);
    }

    static void fill(Services services, Graph graph, SentenceEncoder encoder, Display progress)
            throws InterruptedException {
        try (Interruption interruption = services.interruption()) {
            new MemoryIndex(graph, encoder).fill(progress, interruption::wanted);
        } finally {
            progress.done();
        }
    }
}
