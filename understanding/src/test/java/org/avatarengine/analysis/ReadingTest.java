package org.avatarengine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Schema;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {
    private static final int MESSAGES = 200;

    @TempDir
    Path folder;

    /** Both threads are within a conversation when one fails; the other goes on only once the first thread is gone. */
    @Test
    @Timeout(120)
    void aFailureEndsTheOtherThreadAtItsNextMessageAndIsTheOneReported() {
        try (Graph graph = EmbeddedGraph.open(folder.resolve("graph"))) {
            Schema.migrate(graph);
            graph.write(t -> t.apply(twoConversations()));
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicReference<Thread> failed = new AtomicReference<>();
            AtomicInteger after = new AtomicInteger();
            ThreadLocal<Boolean> met = ThreadLocal.withInitial(() -> false);
            Analysis analysis = new Analysis(
                    graph,
                    ZoneId.of("UTC"),
                    text -> {
                        if (!met.get()) {
                            met.set(true);
                            boolean fails = text.contains("fails");
                            if (fails) {
                                failed.set(Thread.currentThread());
                            }
                            await(both);
                            if (fails) {
                                throw new IllegalStateException("the first cause");
                            }
                            join(failed.get());
                        } else {
                            after.incrementAndGet();
                        }
                        return null;
                    },
                    (stage, done, total) -> {},
                    () -> false,
                    null,
                    2);
            assertThatThrownBy(() -> analysis.of(Set.of("a")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the first cause");
            assertThat(after.get()).as("messages read after the failure").isLessThan(5);
        }
    }

    @Test
    void sharesAreOfAboutEqualWeightAndTheSameEachTime() {
        List<Long> items = List.of(1L, 9L, 2L, 7L, 5L, 5L, 1L);
        List<List<Long>> shares = Reading.shares(items, item -> item, 2);
        assertThat(shares).isEqualTo(Reading.shares(items, item -> item, 2));
        assertThat(shares).flatExtracting(share -> share).containsExactlyInAnyOrderElementsOf(items);
        assertThat(shares)
                .extracting(share -> share.stream().mapToLong(n -> n).sum())
                .containsExactly(15L, 15L);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Mutations twoConversations() {
        Mutations m = new Mutations();
        for (String person : new String[] {"a", "b", "c"}) {
            m.node(NodeLabel.PERSON, person).put("name", person).put("owner", false);
        }
        for (Map.Entry<String, String> talk :
                Map.of("b", "this one fails", "c", "this one goes well").entrySet()) {
            String id = talk.getKey();
            m.node(NodeLabel.CONVERSATION, id).put("group", false);
            m.link(NodeLabel.PERSON, "a", RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, id);
            m.link(NodeLabel.PERSON, id, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, id);
            for (int i = 0; i < MESSAGES; i++) {
                String message = id + i;
                m.node(NodeLabel.MESSAGE, message)
                        .put("text", talk.getValue() + " " + i)
                        .put("sentAt", Instant.parse("2024-01-01T00:00:00Z").plusSeconds(60L * i))
                        .put("row", i);
                m.link(NodeLabel.PERSON, id, RelationshipTypes.SENT, NodeLabel.MESSAGE, message);
                m.link(NodeLabel.MESSAGE, message, RelationshipTypes.SENT_TO, NodeLabel.CONVERSATION, id);
            }
        }
        return m;
    }
}
