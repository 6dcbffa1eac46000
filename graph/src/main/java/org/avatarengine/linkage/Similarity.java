package org.avatarengine.linkage;

import org.apache.commons.codec.language.DoubleMetaphone;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Similarity measures for short strings. */
public final class Similarity {
    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
    private static final DoubleMetaphone METAPHONE = new DoubleMetaphone();

    private Similarity() {}

    /** Jaro–Winkler similarity, 0 to 1. */
    public static double jaroWinkler(String one, String other) {
        return JARO_WINKLER.apply(one, other);
    }

    /** The Double Metaphone code of a word; empty for unsupported scripts. */
    public static String phonetic(String word) {
        String code = METAPHONE.doubleMetaphone(word);
        return code == null ? "" : code;
    }

    /**
     * The optimal string alignment distance: the number of insertions, deletions, substitutions and swaps of neighbors,
     * where no part is edited twice.
     */
    public static int editDistance(String one, String other) {
        int width = other.length();
        int[] beforeLast = new int[width + 1];
        int[] last = new int[width + 1];
        int[] row = new int[width + 1];
        for (int j = 0; j <= width; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= width; j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                row[j] = swapped ? Math.min(best, beforeLast[j - 2] + 1) : best;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[width];
    }
}
