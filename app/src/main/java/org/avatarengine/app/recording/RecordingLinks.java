package org.avatarengine.app.recording;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.speech.recording.Recording;
import org.avatarengine.speech.recording.RecordingGraph;
import org.avatarengine.speech.recording.RecordingStore;
import org.jspecify.annotations.Nullable;

/** Links to the place in a recording where something was said: the file and the second, in a form that players open. */
public final class RecordingLinks {
    private static final String UTTERANCE = """
            MATCH (u:Utterance {id: $id})-[:SENT_TO]->(r:Recording)
            RETURN r.id AS recording, u.start AS start""";

    private final Graph graph;
    private final RecordingStore store;

    public RecordingLinks(Graph graph, RecordingStore store) {
        this.graph = graph;
        this.store = store;
    }

    /** The link for an utterance; null for a written message. */
    @Nullable
    public String of(String message) {
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
