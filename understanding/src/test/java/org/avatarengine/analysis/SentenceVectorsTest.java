package org.avatarengine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Schema;
import org.avatarengine.progress.Progress;
import org.avatarengine.vectors.SentenceEncoder;
import org.avatarengine.vectors.VectorStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceVectorsTest {
    /** More than are read at once; each text twice, far apart. */
    private static final int TEXTS = 6_000;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Graph graph;

    @BeforeAll
    static void open() {
        graph = EmbeddedGraph.open(shared.resolve("graph"));
        Schema.migrate(graph);
        Mutations m = new Mutations();
        for (int i = 0; i < 2 * TEXTS; i++) {
            m.node(NodeLabel.MESSAGE, "m" + i).put("text", "a text with the number " + i % TEXTS);
        }
        m.node(NodeLabel.MESSAGE, "short").put("text", "ok");
        m.node(NodeLabel.MESSAGE, "deleted")
                .put("text", "this one was deleted")
                .put("deletedAt", Instant.parse("2024-01-01T00:00:00Z"));
        m.node(NodeLabel.MESSAGE, "none").put("service", "SMS");
        graph.write(t -> t.apply(m));
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    /** Gives each text a vector and remembers which it was asked for. */
    private static final class Encoder implements SentenceEncoder {
        private final List<String> asked = new ArrayList<>();

        @Override
        public String model() {
            return "m";
        }

        @Override
        public int dimensions() {
            return 2;
        }

        @Override
        public List<float[]> encode(List<String> texts) {
            asked.addAll(texts);
            return texts.stream().map(text -> new float[] {1, 0}).toList();
        }

        @Override
        public void close() {}
    }

    @Test
    void eachTextIsComputedOnceHoweverManyMessagesHaveIt() throws Exception {
        Encoder encoder = new Encoder();
        List<Long> totals = new ArrayList<>();
        Progress progress = (stage, done, total) -> totals.add(total);
        try (VectorStore store = VectorStore.open(folder, "m", 2)) {
            store.put(List.of("a text with the number 7"), List.of(new float[] {0, 1}));
            assertThat(SentenceVectors.fill(graph, encoder, store, progress, () -> false))
                    .isEqualTo(TEXTS - 1);
            assertThat(encoder.asked).doesNotHaveDuplicates().hasSize(TEXTS - 1);
            assertThat(store.get("a text with the number 7")).as("it had one").isEqualTo(new float[] {0, 1});
            assertThat(store.has("ok")).isFalse();
            assertThat(store.has("this one was deleted")).isFalse();
            assertThat(totals)
                    .isNotEmpty()
                    .allSatisfy(total -> assertThat(total).isBetween(5_800L, 6_200L));
            assertThat(SentenceVectors.fill(graph, encoder, store, progress, () -> false))
                    .isZero();
        }
        graph.write(t -> t.run("MATCH (m:Message {id: 'm7'}) SET m.text = 'edited, and now different'", Map.of()));
        assertThat(SentenceVectors.prune(graph, folder, "m", 2))
                .as("another message has the text")
                .isZero();
        graph.write(t -> t.run("MATCH (m:Message {id: $id}) DELETE m", Map.of("id", "m" + (TEXTS + 7))));
        assertThat(SentenceVectors.prune(graph, folder, "m", 2)).isEqualTo(1);
        graph.write(t -> t.run("MATCH (m:Message {id: 'm7'}) SET m.text = 'a text with the number 7'", Map.of()));
    }

    @Test
    void vectorsComputedBeforeAnInterruptionAreStored() throws Exception {
        AtomicInteger batches = new AtomicInteger();
        try (VectorStore store = VectorStore.open(folder, "m", 2)) {
            assertThatThrownBy(() -> SentenceVectors.fill(
                            graph, new Encoder(), store, Progress.SILENT, () -> batches.incrementAndGet() == 3))
                    .isInstanceOf(InterruptedException.class);
            int stored = store.size();
            assertThat(stored).isEqualTo(3 * 512);
            assertThat(SentenceVectors.fill(graph, new Encoder(), store, Progress.SILENT, () -> false))
                    .isEqualTo(TEXTS - stored);
        }
    }
}
