package org.avatarengine.page;

import java.nio.file.Path;
import org.avatarengine.graph.Graph;
import org.avatarengine.server.Api;
import org.avatarengine.vault.LiveCopy;

/** Copies the data for a backup while the server runs. */
public final class CopyView {
    /** The folder that holds the copy. */
    public record Copy(String folder) {}

    private final Graph graph;
    private final Path data;

    /** @param data the data folder */
    public CopyView(Graph graph, Path data) {
        this.graph = graph;
        this.data = data;
    }

    /** Adds the endpoint that {@code avatar backup} calls. */
    public void endpoints(Api api) {
        api.post("/api/copy", "Copies all data to a new folder for a backup. The caller deletes the folder.")
                .answers(Copy.class, call -> {
                    try (Graph.WritePause _ = graph.pauseWrites()) {
                        return new Copy(LiveCopy.take(data).toString());
                    }
                });
    }
}
