package org.avatarengine.chat;

import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.jspecify.annotations.Nullable;

/**
 * An avatar that is created again when its data has changed, so that a long chat uses new data and no deleted data.
 */
public final class LiveAvatar {
    /** Creates an avatar from the present data. */
    public interface Making {
        /**
         * Creates the avatar.
         *
         * @throws InterruptedException when the user interrupted it
         */
        Avatar make() throws InterruptedException;
    }

    private final Graph graph;
    private final Making making;
    private @Nullable Avatar made;
    private long version;

    public LiveAvatar(Graph graph, Making making) {
        this.graph = graph;
        this.making = making;
    }

    /** The avatar for the present data. */
    public Avatar now() throws InterruptedException {
        // The version is read first, so that a change during the creation is noticed the next time.
        long current = DataVersion.of(graph);
        Avatar known = made;
        if (known == null || current != version) {
            // If the avatar cannot be created again, the old one must not answer, because its data may have been
            // deleted.
            made = null;
            known = making.make();
            made = known;
            version = current;
        }
        return known;
    }
}
