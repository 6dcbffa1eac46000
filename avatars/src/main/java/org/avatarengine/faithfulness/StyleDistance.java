package org.avatarengine.faithfulness;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.language.WordKinds;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;

/**
 * The distance between the styles of two sets of texts, independent of their content: 0 is the same, 1 nothing in common. Shares of
 * function words, of character trigrams and of punctuation marks are compared by the Jensen-Shannon distance (Endres and
 * Schindelin, IEEE Transactions on Information Theory 49, 2003; base 2), lengths by the Kolmogorov-Smirnov distance, emoji
 * by the difference of the shares of texts that have some.
 */
public final class StyleDistance {
    private static final Set<WordKinds.Kind> FUNCTION = Set.of(
            WordKinds.Kind.ARTICLE,
            WordKinds.Kind.PREPOSITION,
            WordKinds.Kind.PRONOUN,
            WordKinds.Kind.AUXILIARY,
            WordKinds.Kind.CONJUNCTION,
            WordKinds.Kind.QUANTIFIER,
            WordKinds.Kind.NEGATION);

    private StyleDistance() {}

    /** The features of one text. */
    record Sheet(
            Map<String, Integer> functionWords,
            Map<String, Integer> trigrams,
            Map<String, Integer> marks,
            int words,
            boolean emoji) {

        static Sheet of(String text) {
            Map<String, Integer> functionWords = new HashMap<>();
            Map<String, Integer> marks = new HashMap<>();
            int words = 0;
            boolean emoji = false;
            for (Token token : Tokenizer.tokens(text)) {
                switch (token.kind()) {
                    case WORD -> {
                        words++;
                        if (FUNCTION.stream().anyMatch(kind -> WordKinds.is(token.text(), kind))) {
                            functionWords.merge(token.text(), 1, Integer::sum);
                        }
                    }
                    case MARK, EMOTICON -> marks.merge(token.text(), 1, Integer::sum);
                    case EMOJI -> emoji = true;
                    default -> {}
                }
            }
            // The end of a message counts as punctuation, even if there is no mark.
            if (!text.isBlank()
                    && Character.isLetterOrDigit(
                            text.strip().codePointBefore(text.strip().length()))) {
                marks.merge("", 1, Integer::sum);
            }
            Map<String, Integer> trigrams = new HashMap<>();
            String padded = " " + text.replace('\n', ' ') + " ";
            for (int i = 0; i + 3 <= padded.length(); i++) {
                trigrams.merge(padded.substring(i, i + 3), 1, Integer::sum);
            }
            return new Sheet(functionWords, trigrams, marks, words, emoji);
        }
    }

    /**
     * The distance in each feature.
     *
     * @param all the mean of the five
     */
    public record Distances(
            double functionWords, double trigrams, double length, double punctuation, double emoji, double all) {}

    /** Compares texts. Neither list may be empty. */
    public static Distances between(List<String> texts, List<String> others) {
        return compare(
                texts.stream().map(Sheet::of).toList(),
                others.stream().map(Sheet::of).toList());
    }

    static Distances compare(List<Sheet> sheets, List<Sheet> others) {
        double functionWords = jensenShannon(
                sum(sheets.stream().map(Sheet::functionWords).toList()),
                sum(others.stream().map(Sheet::functionWords).toList()));
        double trigrams = jensenShannon(
                sum(sheets.stream().map(Sheet::trigrams).toList()),
                sum(others.stream().map(Sheet::trigrams).toList()));
        double marks = jensenShannon(
                sum(sheets.stream().map(Sheet::marks).toList()),
                sum(others.stream().map(Sheet::marks).toList()));
        double length = kolmogorovSmirnov(
                sheets.stream().mapToInt(Sheet::words).sorted().toArray(),
                others.stream().mapToInt(Sheet::words).sorted().toArray());
        double emoji = Math.abs(emoji(sheets) - emoji(others));
        return new Distances(
                functionWords, trigrams, length, marks, emoji, (functionWords + trigrams + length + marks + emoji) / 5);
    }

    private static double emoji(List<Sheet> sheets) {
        return sheets.stream().mapToInt(sheet -> sheet.emoji ? 1 : 0).average().orElse(0);
    }

    private static Map<String, Integer> sum(List<Map<String, Integer>> counts) {
        Map<String, Integer> sum = new HashMap<>();
        counts.forEach(one -> one.forEach((key, count) -> sum.merge(key, count, Integer::sum)));
        return sum;
    }

    private static double jensenShannon(Map<String, Integer> one, Map<String, Integer> other) {
        double n = one.values().stream().mapToInt(i -> i).sum();
        double m = other.values().stream().mapToInt(i -> i).sum();
        if (n == 0 || m == 0) {
            return n == m ? 0 : 1;
        }
        Set<String> keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        double divergence = 0;
        for (String key : keys) {
            double p = one.getOrDefault(key, 0) / n;
            double q = other.getOrDefault(key, 0) / m;
            double middle = (p + q) / 2;
            divergence += (p > 0 ? p * Math.log(p / middle) : 0) + (q > 0 ? q * Math.log(q / middle) : 0);
        }
        return Math.sqrt(Math.max(0, divergence / (2 * Math.log(2))));
    }

    /** The largest difference of the two cumulative distributions. */
    private static double kolmogorovSmirnov(int[] one, int[] other) {
        double most = 0;
        for (int[] values : List.of(one, other)) {
            for (int value : values) {
                most = Math.max(most, Math.abs(below(one, value) - below(other, value)));
            }
        }
        return most;
    }

    private static double below(int[] sorted, int value) {
        int from = Arrays.binarySearch(sorted, value);
        int end = from < 0 ? -from - 1 : from;
        while (end < sorted.length && sorted[end] <= value) {
            end++;
        }
        return sorted.length == 0 ? 0 : (double) end / sorted.length;
    }
}
