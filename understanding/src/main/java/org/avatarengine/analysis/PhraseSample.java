package org.avatarengine.analysis;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.language.LanguageSample;

/**
 * The messages that are searched for phrases: all of them, up to {@link #CHARACTERS} of text in total. If there is more,
 * the people who wrote most are sampled: everybody's text counts up to the same amount. Each message is drawn with the
 * same probability by a hash of its id, so that a sample is the same on each run. Counts and standard errors are those of
 * the sample; nothing is extrapolated.
 */
final class PhraseSample {
    /** About eight million words. Comparing their n-grams takes about 200 MB. */
    private static final long CHARACTERS = 40_000_000;

    private static final double RANKS = 1L << 32;

    private final Map<String, Double> shares = new HashMap<>();

    /** @param written the number of characters that each person wrote */
    PhraseSample(Map<String, Long> written, long most) {
        long level = level(written.values().stream().mapToLong(n -> n).sorted().toArray(), most);
        written.forEach((person, characters) -> {
            if (characters > level) {
                shares.put(person, (double) level / characters);
            }
        });
    }

    static PhraseSample of(Graph graph) {
        Map<String, Long> written = new HashMap<>();
        graph.read("""
                MATCH (p:Person)-[:SENT]->(m:Message) WHERE m.text IS NOT NULL
                RETURN p.id AS id, sum(size(coalesce(m.own, m.text))) AS characters""", Map.of(), row -> written.put(row.requireText("id"), row.number("characters")));
        return new PhraseSample(written, CHARACTERS);
    }

    /** The maximum amount per person, so that the total is {@code most}. */
    static long level(long[] ascending, long most) {
        long left = most;
        for (int i = 0; i < ascending.length; i++) {
            long each = left / (ascending.length - i);
            if (ascending[i] > each) {
                return each;
            }
            left -= ascending[i];
        }
        return Arrays.stream(ascending).max().orElse(0);
    }

    /** The share of a person's messages that is drawn, 0 to 1. */
    double share(String person) {
        return shares.getOrDefault(person, 1.0);
    }

    /** Whether a message is drawn. */
    boolean draws(String person, String message) {
        Double share = shares.get(person);
        return share == null || Integer.toUnsignedLong(LanguageSample.rank(message)) < share * RANKS;
    }
}
