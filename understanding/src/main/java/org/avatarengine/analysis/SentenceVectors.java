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
import org.avatarengine.language.DistinctCount;
import org.avatarengine.progress.Progress;
import org.avatarengine.text.OwnText;
import org.avatarengine.vectors.SentenceEncoder;
import org.avatarengine.vectors.VectorStore;
import org.jspecify.annotations.Nullable;

/** Computes missing sentence vectors. Each batch is stored immediately, so an interrupted run continues. */
public final class SentenceVectors {
    private static final int BATCH = 512;

    /** The number of messages that are read at once. */
    private static final int BLOCK = 10_000;

    /** Shorter texts get no vector. */
    private static final int LEAST_LENGTH = 8;

    private static final String TEXTS = "MATCH (m:Message) WHERE m.text IS NOT NULL AND m.deletedAt IS NULL"
            + " RETURN coalesce(m.own, m.text) AS text";

    /** In blocks, because computing all vectors can take hours, and no transaction should be open that long. */
    private static final String TEXTS_AFTER = """
            MATCH (m:Message) WHERE m.id > $after
            WITH m ORDER BY m.id LIMIT $most
            RETURN m.id AS id, CASE WHEN m.deletedAt IS NULL THEN coalesce(m.own, m.text) END AS text""";

    private SentenceVectors() {}

    /**
     * Computes the missing vectors. The progress counts different texts; their total is an estimate when there are more
     * than a few thousand.
     *
     * @return the number of computed vectors
     * @throws InterruptedException when {@code stop} returned true; computed vectors are stored
     */
    public static int fill(
            Graph graph, SentenceEncoder encoder, VectorStore store, Progress progress, BooleanSupplier stop)
            throws InterruptedException {
        DistinctCount missing = new DistinctCount();
        texts(graph, text -> {
            if (!store.has(text)) {
                missing.add(VectorStore.key(text));
            }
        });
        long total = missing.count();
        int done = 0;
        // A text that several messages share is already in the batch or in the store.
        Set<String> batch = new LinkedHashSet<>();
        String after = total == 0 ? null : "";
        while (after != null) {
            List<String> block = new ArrayList<>();
            after = block(graph, after, block::add);
            for (String text : block) {
                if (!store.has(text) && batch.add(text) && batch.size() == BATCH) {
                    done += compute(batch, encoder, store);
                    progress.at("computing sentence vectors", done, Math.max(done, total));
                    if (stop.getAsBoolean()) {
                        throw new InterruptedException();
                    }
                }
            }
        }
        return done + compute(batch, encoder, store);
    }

    /**
     * Removes the vectors of texts that no message contains any more.
     *
     * @param folder of the vectors
     * @return the number of removed vectors
     */
    public static int prune(Graph graph, Path folder, String model, int dimensions) {
        return VectorStore.retain(folder, model, dimensions, keep -> texts(graph, keep));
    }

    private static void texts(Graph graph, Consumer<String> each) {
        graph.read(TEXTS, Map.of(), row -> longEnough(row.text("text"), each));
    }

    /**
     * Reads the texts of some messages after a given one, in the order of ids.
     *
     * @return the id of the last message; null when there are no more
     */
    private static @Nullable String block(Graph graph, String after, Consumer<String> each) {
        @Nullable String[] last = {null};
        graph.read(TEXTS_AFTER, Map.of("after", after, "most", BLOCK), row -> {
            last[0] = row.requireText("id");
            longEnough(row.text("text"), each);
        });
        return last[0];
    }

    private static void longEnough(@Nullable String written, Consumer<String> each) {
        String text = OwnText.written(written);
        if (text.length() >= LEAST_LENGTH) {
            each.accept(text);
        }
    }

    private static int compute(Set<String> batch, SentenceEncoder encoder, VectorStore store) {
        if (!batch.isEmpty()) {
            List<String> texts = List.copyOf(batch);
            store.put(texts, encoder.encode(texts));
        }
        int computed = batch.size();
        batch.clear();
        return computed;
    }
}
