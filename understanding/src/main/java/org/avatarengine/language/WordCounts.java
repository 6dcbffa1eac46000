package org.avatarengine.language;

import org.jspecify.annotations.Nullable;

/**
 * Counts words, keeping a limited number of different words. Below the limit all counts are exact. At the limit the
 * rarer half is dropped; a dropped word starts at zero when it occurs again. Above the limit:
 *
 * <ul>
 *   <li>A word's count is exact if the word was never dropped, which holds if its share of all words was always above
 *       2 / most. Other counts are too low.
 *   <li>The number of different words is an estimate with a standard error of 0.8%.
 *   <li>The expected number of different words in a sample is at most a few percent too high: each use of a dropped word
 *       counts as a different word, which is nearly true for words that rare.
 * </ul>
 */
final class WordCounts {
    private final int most;
    private LongCounts counts = new LongCounts();
    private long words;

    /** The sketch of all words; null while all of them are counted. */
    private @Nullable DistinctCount ever;

    /** @param most how many different words are counted, at least two */
    WordCounts(int most) {
        this.most = most;
    }

    /** Counts a word, given by a hash other than 0. */
    void add(long word) {
        add(word, 1);
    }

    private void add(long word, int times) {
        words += times;
        counts.add(word, times);
        DistinctCount all = ever;
        if (all != null && counts.get(word) == times) {
            all.add(word); // it is new, or was dropped
        }
        if (counts.size() > most) {
            drop();
        }
    }

    /** Adds another table's counts. */
    void addAll(WordCounts other) {
        DistinctCount theirs = other.ever;
        if (theirs != null) {
            ever().addAll(theirs);
        }
        long all = words + other.words;
        other.counts.forEach(this::add);
        words = all;
    }

    private DistinctCount ever() {
        DistinctCount all = ever;
        if (all == null) {
            DistinctCount counted = new DistinctCount();
            counts.forEach((word, count) -> counted.add(word));
            ever = counted;
            all = counted;
        }
        return all;
    }

    /** Drops all words with at most the median count. */
    private void drop() {
        ever();
        int[] ascending = counts.values().sorted().toArray();
        int limit = ascending[ascending.length / 2];
        LongCounts frequent = new LongCounts();
        counts.forEach((word, count) -> {
            if (count > limit) {
                frequent.add(word, count);
            }
        });
        counts = frequent;
    }

    /** The number of different words. */
    long different() {
        DistinctCount all = ever;
        return all == null ? counts.size() : Math.max(counts.size(), all.count());
    }

    /** The count of a word; 0 when it is not counted. */
    int get(long word) {
        return counts.get(word);
    }

    /**
     * How many different words a sample of so many words is expected to have; unlike the plain ratio of types to tokens it
     * does not fall with the amount of text (Hurlbert's rarefaction, Ecology 52, 1971). All words when there are fewer.
     */
    double expected(int sample) {
        if (words <= sample) {
            return different();
        }
        // The probability that none of a word's occurrences is drawn, approximated by drawing with replacement.
        double expected = counts.values()
                .mapToDouble(count -> 1 - Math.pow(1 - (double) count / words, sample))
                .sum();
        long dropped = words - counts.values().asLongStream().sum();
        return expected + (double) sample * dropped / words;
    }
}
