package org.avatarengine.faithfulness;

import java.util.HashMap;
import java.util.Map;

/** The character n-gram F-score (chrF2; Popović, WMT 2015): n-grams of one to six without spaces; recall has twice the weight. */
final class ChrF {
    private static final int LONGEST = 6;
    private static final double BETA_SQUARED = 4;

    private ChrF() {}

    /** The score from 0 (nothing in common) to 1 (identical). */
    static double of(String text, String reference) {
        String one = text.replaceAll("\\s", "");
        String other = reference.replaceAll("\\s", "");
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int n = 1; n <= LONGEST; n++) {
            Map<String, Integer> mine = grams(one, n);
            Map<String, Integer> its = grams(other, n);
            int have = Math.max(0, one.length() - n + 1);
            int want = Math.max(0, other.length() - n + 1);
            if (have == 0 && want == 0) {
                continue;
            }
            int common = 0;
            for (Map.Entry<String, Integer> gram : mine.entrySet()) {
                common += Math.min(gram.getValue(), its.getOrDefault(gram.getKey(), 0));
            }
            precision += have == 0 ? 0 : (double) common / have;
            recall += want == 0 ? 0 : (double) common / want;
            orders++;
        }
        if (orders == 0 || precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
    }

    private static Map<String, Integer> grams(String text, int n) {
        Map<String, Integer> grams = new HashMap<>();
        for (int i = 0; i + n <= text.length(); i++) {
            grams.merge(text.substring(i, i + n), 1, Integer::sum);
        }
        return grams;
    }
}
