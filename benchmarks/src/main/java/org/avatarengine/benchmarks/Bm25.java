package org.avatarengine.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.avatarengine.text.QuestionWords;
import org.avatarengine.text.Stems;

/** Ranks texts by their words only (BM25, k1 0.9, b 0.4, the better of the usual settings here): the baseline for retrieval. */
final class Bm25 {
    private final List<Map<String, Integer>> texts = new ArrayList<>();
    private final Map<String, Integer> with = new HashMap<>();
    private final double meanLength;

    Bm25(List<String> texts) {
        double length = 0;
        for (String text : texts) {
            Map<String, Integer> counts = new HashMap<>();
            Stems.of(text).forEach(stem -> counts.merge(stem, 1, Integer::sum));
            counts.keySet().forEach(stem -> with.merge(stem, 1, Integer::sum));
            length += counts.values().stream().mapToInt(n -> n).sum();
            this.texts.add(counts);
        }
        meanLength = length / texts.size();
    }

    /** The indexes of the best texts. */
    int[] best(String query, int most) {
        double[] scores = new double[texts.size()];
        for (String stem : new HashSet<>(Stems.of(String.join(" ", QuestionWords.without(query))))) {
            int n = with.getOrDefault(stem, 0);
            double rarity = Math.log(1 + (texts.size() - n + 0.5) / (n + 0.5));
            for (int i = 0; i < scores.length; i++) {
                int times = texts.get(i).getOrDefault(stem, 0);
                if (times > 0) {
                    int length = texts.get(i).values().stream().mapToInt(x -> x).sum();
                    scores[i] += rarity * times / (times + 0.9 * (0.6 + 0.4 * length / meanLength));
                }
            }
        }
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .limit(most)
                .mapToInt(i -> i)
                .toArray();
    }
}
