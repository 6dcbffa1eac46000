package org.avatarengine.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.speech.recording.RecordingStore;
import org.jspecify.annotations.Nullable;

/** Where in a recording something was said: the file and the second, as players take them. */
final class RecordingLinks {
    private static final String UTTERANCE = """
            MATCH (u:Utterance {id: $id})-[:SENT_TO]->(r:Recording)
            RETURN r.id AS recording, u.start AS start""";

    private final Graph graph;
    private final RecordingStore store;

    RecordingLinks(Graph graph, RecordingStore store) {
        this.graph = graph;
        this.store = store;
    }

    /** Null for what was written. */
    @Nullable
    String of(String message) {
        if (!RecordingGraph.isUtterance(message)) {
            return null;
        }
        List<String> links = new ArrayList<>();
        graph.read(UTTERANCE, Map.of("id", message), row -> {
            Recording recording = store.find(RecordingGraph.recording(row.requireText("recording")));
            Path file = store.folder(recording.id()).resolve(recording.original());
            links.add(recording.title() + ": " + file.toUri() + Recording.fragment(row.real("start")));
        });
        return links.isEmpty() ? null : links.getFirst();
    }
}
