package org.avatarengine.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.avatarengine.graph.Graph;
import org.avatarengine.progress.Progress;
import org.avatarengine.text.OwnText;
import org.avatarengine.text.SentenceEncoder;
import org.avatarengine.text.VectorStore;

/** Computes the sentence vectors that are still missing. Each batch is stored at once, so an interrupted run goes on. */
public final class SentenceVectors {
    private static final int BATCH = 512;

    /** Two words say too little for a vector to help. */
    private static final int LEAST_LENGTH = 8;

    private SentenceVectors() {}

    /**
     * Computes what is missing.
     *
     * @return how many vectors were computed
     * @throws InterruptedException when {@code stop} said so; what was computed is stored
     */
    public static int fill(
            Graph graph, SentenceEncoder encoder, VectorStore store, Progress progress, BooleanSupplier stop)
            throws InterruptedException {
        Set<String> missing = new LinkedHashSet<>();
        texts(graph, text -> {
            if (!store.has(text)) {
                missing.add(text);
            }
        });
        int done = 0;
        List<String> batch = new ArrayList<>(BATCH);
        for (String text : missing) {
            batch.add(text);
            if (batch.size() == BATCH) {
                done += compute(batch, encoder, store);
                progress.at("computing sentence vectors", done, missing.size());
                if (stop.getAsBoolean()) {
                    throw new InterruptedException();
                }
            }
        }
        return done + compute(batch, encoder, store);
    }

    /**
     * Removes the vectors of texts that nobody's message has any more.
     *
     * @param folder of the vectors
     * @return how many went
     */
    public static int prune(Graph graph, Path folder, String model, int dimensions) {
        return VectorStore.retain(folder, model, dimensions, keep -> texts(graph, keep));
    }

    private static void texts(Graph graph, Consumer<String> each) {
        graph.read("MATCH (m:Message) WHERE m.text IS NOT NULL RETURN m.text AS text", Map.of(), row -> {
            String text = OwnText.of(row.requireText("text"));
            if (text.length() >= LEAST_LENGTH) {
                each.accept(text);
            }
        });
    }

    private static int compute(List<String> batch, SentenceEncoder encoder, VectorStore store) {
        if (!batch.isEmpty()) {
            store.put(batch, encoder.encode(batch));
        }
        int computed = batch.size();
        batch.clear();
        return computed;
    }
}
