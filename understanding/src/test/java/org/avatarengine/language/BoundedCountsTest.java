package org.avatarengine.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What counts of bounded size still tell when there is more than they hold. */
class BoundedCountsTest {
    private static final int MOST = 2000;
    private static final int WORDS = 1_000_000;

    /** Words by Zipf's law, so that there are some 30,000 different ones in a million. */
    private static long word(Random random) {
        return (long) Math.exp(random.nextDouble() * Math.log(100_000)) * 7919;
    }

    private static double expected(Map<Long, Integer> counts, double words, int sample) {
        return counts.values().stream()
                .mapToDouble(count -> 1 - Math.pow(1 - count / words, sample))
                .sum();
    }

    @Test
    void upToTheBoundAllIsExact() {
        WordCounts counts = new WordCounts(MOST);
        for (int round = 1; round <= 3; round++) {
            for (long word = 1; word <= MOST; word++) {
                counts.add(word);
            }
        }
        assertThat(counts.different()).isEqualTo(MOST);
        assertThat(counts.get(17)).isEqualTo(3);
        assertThat(counts.expected(1000)).isEqualTo(MOST * (1 - Math.pow(1 - 3.0 / (3 * MOST), 1000)), within(1e-6));
    }

    @Test
    void beyondTheBoundFrequentWordsAreExactAndTheVocabularyIsNearlyRight() {
        Random random = new Random(3);
        WordCounts[] parts = {new WordCounts(MOST), new WordCounts(MOST)};
        Map<Long, Integer> exact = new HashMap<>();
        for (int i = 0; i < WORDS; i++) {
            long word = word(random);
            parts[i % 2].add(word);
            exact.merge(word, 1, Integer::sum);
        }
        WordCounts merged = parts[0];
        merged.addAll(parts[1]);
        assertThat(exact).hasSizeGreaterThan(10 * MOST);
        exact.forEach((word, count) -> {
            assertThat(merged.get(word)).isLessThanOrEqualTo(count);
            if (count > 4.0 * WORDS / MOST) {
                assertThat(merged.get(word)).as("a word with %d uses", count).isEqualTo(count);
            }
        });
        assertThat((double) merged.different()).isCloseTo(exact.size(), within(0.025 * exact.size()));
        double right = expected(exact, WORDS, 1000);
        assertThat(merged.expected(1000)).isBetween(0.995 * right, 1.03 * right);
    }

    @Test
    void differentKeysAreCountedExactlyAndThenNearly() {
        for (int keys : new int[] {0, 1, 2048, 2049, 5000, 20_000, 60_000, 1_000_000}) {
            DistinctCount one = new DistinctCount();
            DistinctCount other = new DistinctCount();
            for (int key = 0; key < keys; key++) {
                (key % 3 == 0 ? one : other).add(key);
                one.add(key / 2);
            }
            one.addAll(other);
            double allowed = keys <= DistinctCount.EXACT ? 0 : 0.025 * keys;
            assertThat((double) one.count()).as("%d keys", keys).isCloseTo(keys, within(allowed));
        }
    }

    @Test
    void aFullMapDropsTheLowestWeights() {
        BoundedMap<int[]> map = new BoundedMap<>(10, count -> count[0]);
        for (int i = 0; i < 1000; i++) {
            map.of("often", () -> new int[1])[0]++;
            map.of("rare " + i, () -> new int[1])[0]++;
            assertThat(map.size()).isLessThanOrEqualTo(10);
        }
        int[] often = map.find("often");
        assertThat(often).containsExactly(1000);
        assertThat(map.find("rare 0")).isNull();
        assertThat(map.find("rare 999")).containsExactly(1);
    }

    @Test
    void aBoundFillsItsTable() {
        assertThat(LanguageTally.mostWords(10_000_000)).isEqualTo(87_379);
        assertThat(LanguageTally.mostWords(22_000)).isEqualTo(21_843);
        assertThat(LanguageTally.mostWords(100)).isEqualTo(5_459);
        LongCounts counts = new LongCounts();
        for (long key = 1; key <= LongCounts.most(8192) + 1; key++) {
            counts.add(key, 1);
        }
        assertThat(counts.slots())
                .as("one more than is kept, before the rarer half is dropped")
                .isEqualTo(8192);
    }
}
