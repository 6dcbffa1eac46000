package org.avatarengine.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.avatarengine.language.LanguageSample;
import org.avatarengine.text.Token;
import org.avatarengine.topic.Topics;
import org.jspecify.annotations.Nullable;

/**
 * The messages from which topics are found: a uniform sample of limited size, the same on each run and for any number of
 * threads. It contains the messages with the lowest hashes of their ids, so a message can be rejected immediately.
 */
final class TopicSample {
    /** The beginning of a long message is enough to find its topic. */
    private static final int LONGEST_TOKENS = 256;

    private static final Comparator<Topics.Item> ORDER = Comparator.<Topics.Item>comparingInt(
                    item -> LanguageSample.rank(item.id()))
            .thenComparing(Topics.Item::id);

    private final int most;
    private final PriorityQueue<Topics.Item> drawn = new PriorityQueue<>(ORDER.reversed());

    /** Messages with a higher hash are rejected. */
    private volatile int highest = Integer.MAX_VALUE;

    TopicSample(int most) {
        this.most = most;
    }

    /** Whether a message may be in the sample; otherwise its vector need not be looked up. */
    boolean wants(String id) {
        return LanguageSample.rank(id) <= highest;
    }

    void add(Talk.Line line, float @Nullable [] vector) {
        if (vector == null) {
            return;
        }
        List<Token> tokens = line.tokens();
        Topics.Item item = new Topics.Item(
                line.id(),
                line.sender(),
                line.local().toLocalDate().toString().substring(0, 7),
                List.copyOf(tokens.subList(0, Math.min(LONGEST_TOKENS, tokens.size()))),
                vector);
        synchronized (drawn) {
            drawn.add(item);
            if (drawn.size() > most) {
                drawn.poll();
                Topics.Item last = drawn.peek();
                highest = last == null ? highest : LanguageSample.rank(last.id());
            }
        }
    }

    /** The sample, in a fixed order. */
    List<Topics.Item> items() {
        synchronized (drawn) {
            List<Topics.Item> items = new ArrayList<>(drawn);
            items.sort(ORDER);
            return items;
        }
    }
}
