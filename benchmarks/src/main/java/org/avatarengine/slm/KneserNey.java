package org.avatarengine.slm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.slm.tokenizer.Document;

/**
 * An n-gram model with interpolated Kneser-Ney smoothing and one discount per order.
 *
 * @see <a href="https://doi.org/10.1006/csla.1999.0128">Chen and Goodman 1999</a>
 */
final class KneserNey {
    private final int order;
    private final int vocabulary;

    /** For each length of context: the counts of the next tokens (for shorter contexts: the number of different preceding tokens). */
    private final List<Map<Gram, Map<Integer, Integer>>> counts = new ArrayList<>();

    private final double[] discounts;

    private record Gram(List<Integer> tokens) {}

    KneserNey(int order, int vocabulary, List<Document> documents) {
        this.order = order;
        this.vocabulary = vocabulary;
        List<Set<List<Integer>>> seen = new ArrayList<>();
        for (int n = 0; n < order; n++) {
            counts.add(new HashMap<>());
            seen.add(new HashSet<>());
        }
        for (Document document : documents) {
            List<Integer> tokens =
                    Arrays.stream(document.ids()).mapToObj(id -> (int) id).toList();
            for (int i = 0; i < tokens.size(); i++) {
                for (int n = Math.min(order - 1, i); n >= 0; n--) {
                    boolean highest = n == order - 1 || n == i;
                    // A lower order counts the number of different preceding tokens, not the occurrences.
                    if (highest || seen.get(n).add(List.copyOf(tokens.subList(i - n - 1, i + 1)))) {
                        counts.get(n)
                                .computeIfAbsent(new Gram(List.copyOf(tokens.subList(i - n, i))), g -> new HashMap<>())
                                .merge(tokens.get(i), 1, Integer::sum);
                    }
                }
            }
        }
        discounts = new double[order];
        for (int n = 0; n < order; n++) {
            long once = 0;
            long twice = 0;
            for (Map<Integer, Integer> following : counts.get(n).values()) {
                for (int count : following.values()) {
                    once += count == 1 ? 1 : 0;
                    twice += count == 2 ? 1 : 0;
                }
            }
            discounts[n] = once == 0 ? 0.5 : once / (once + 2.0 * Math.max(1, twice));
        }
    }

    /** The probability of a document's token at an index, given the tokens before it. */
    double probability(Document document, int at) {
        double probability = 1.0 / vocabulary;
        int token = (int) document.ids()[at];
        for (int n = 0; n <= Math.min(order - 1, at); n++) {
            List<Integer> context = new ArrayList<>();
            for (int i = at - n; i < at; i++) {
                context.add((int) document.ids()[i]);
            }
            Map<Integer, Integer> following = counts.get(n).get(new Gram(context));
            if (following == null) {
                break;
            }
            double total = following.values().stream().mapToInt(i -> i).sum();
            double own = Math.max(0, following.getOrDefault(token, 0) - discounts[n]);
            probability = (own + discounts[n] * following.size() * probability) / total;
        }
        return probability;
    }
}
