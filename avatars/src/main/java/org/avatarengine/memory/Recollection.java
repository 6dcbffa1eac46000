package org.avatarengine.memory;

import org.avatarengine.graph.Graph;

/**
 * A question with its audience, which is looked up once for everything that takes part in the answer. It is used for one
 * question only, because the audience may change.
 */
public record Recollection(RecallQuery question, Audience audience) {
    /** Looks up the audience. */
    public static Recollection of(RecallQuery question, Graph graph) {
        return new Recollection(question, Audience.of(question, graph));
    }
}
