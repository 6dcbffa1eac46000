package org.avatarengine.linkage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Selects the pairs to compare: records that share a key of at least one rule. A key that too many records share is
 * ignored, because the number of pairs grows with the square and such a key says little. Other keys of these records
 * still count.
 *
 * @param rules each returns the keys of a record, or none if the rule does not apply to it
 * @param largestBlock the highest number of records that may share a key
 */
public record Blocking(List<Function<LinkageRecord, List<String>>> rules, int largestBlock) {

    /** The pairs, each as {@code first << 32 | second} with first below second; sorted, without duplicates. */
    public long[] pairs(List<LinkageRecord> records) {
        PairList found = new PairList();
        for (Function<LinkageRecord, List<String>> rule : rules) {
            Map<String, Block> blocks = new HashMap<>();
            for (int i = 0; i < records.size(); i++) {
                for (String key : rule.apply(records.get(i))) {
                    blocks.computeIfAbsent(key, k -> new Block()).add(i, largestBlock);
                }
            }
            blocks.values().forEach(block -> block.pairs(found));
            found.compact();
        }
        return found.toArray();
    }

    private static final class Block {
        private int[] members = new int[2];
        private int size;
        private boolean tooLarge;

        void add(int record, int largest) {
            if (tooLarge || (size > 0 && members[size - 1] == record)) {
                return;
            }
            if (size == largest) {
                tooLarge = true;
                members = new int[0];
                return;
            }
            if (size == members.length) {
                members = Arrays.copyOf(members, size * 2);
            }
            members[size++] = record;
        }

        void pairs(PairList out) {
            if (tooLarge) {
                return;
            }
            for (int i = 0; i < size; i++) {
                for (int j = i + 1; j < size; j++) {
                    out.add(((long) members[i] << 32) | members[j]);
                }
            }
        }
    }

    private static final class PairList {
        private long[] pairs = new long[1024];
        private int size;

        void add(long pair) {
            if (size == pairs.length) {
                pairs = Arrays.copyOf(pairs, size * 2);
            }
            pairs[size++] = pair;
        }

        void compact() {
            Arrays.parallelSort(pairs, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (kept == 0 || pairs[kept - 1] != pairs[i]) {
                    pairs[kept++] = pairs[i];
                }
            }
            size = kept;
        }

        long[] toArray() {
            return Arrays.copyOf(pairs, size);
        }
    }
}
