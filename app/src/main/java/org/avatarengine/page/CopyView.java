package org.avatarengine.page;

import java.nio.file.Path;
import org.avatarengine.graph.Graph;
import org.avatarengine.server.Api;
import org.avatarengine.vault.LiveCopy;

/** Lets a backup be made while the server runs. */
public final class CopyView {
    /** Where a copy is. */
    public record Copy(String folder) {}

    private final Graph graph;
    private final Path data;

    /** @param data the data folder */
    public CopyView(Graph graph, Path data) {
        this.graph = graph;
        this.data = data;
    }

    /** Adds what {@code avatar backup} asks for. */
    public void endpoints(Api api) {
        api.post(
                        "/api/copy",
                        "Copies all data as it is at this moment, for a backup, to a folder that who asks removes")
                .answers(Copy.class, call -> {
                    try (Graph.Still _ = graph.still()) {
                        return new Copy(LiveCopy.take(data).toString());
                    }
                });
    }
}
