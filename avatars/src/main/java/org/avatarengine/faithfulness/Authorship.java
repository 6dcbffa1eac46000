package org.avatarengine.faithfulness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.text.Token;
import org.avatarengine.text.Tokenizer;

/**
 * Authorship attribution: multinomial naive Bayes over words and character n-grams of two to four, case-sensitive, with
 * equal priors (the profile of Peng et al., HLT-NAACL 2003, with additive smoothing).
 */
public final class Authorship {
    private static final double SMOOTHING = 0.1;

    private final List<String> people = new ArrayList<>();
    private final List<Map<String, Double>> logs = new ArrayList<>();
    private final List<Double> unseen = new ArrayList<>();

    /** @param texts the texts of each person, by id; none is empty */
    public Authorship(Map<String, List<String>> texts) {
        Set<String> vocabulary = new HashSet<>();
        List<Map<String, Integer>> counts = new ArrayList<>();
        texts.forEach((person, its) -> {
            people.add(person);
            Map<String, Integer> count = new HashMap<>();
            its.forEach(text -> features(text).forEach(feature -> count.merge(feature, 1, Integer::sum)));
            vocabulary.addAll(count.keySet());
            counts.add(count);
        });
        for (Map<String, Integer> count : counts) {
            double total = count.values().stream().mapToInt(i -> i).sum() + SMOOTHING * (vocabulary.size() + 1);
            Map<String, Double> log = new HashMap<>();
            count.forEach((feature, n) -> log.put(feature, Math.log((n + SMOOTHING) / total)));
            logs.add(log);
            unseen.add(Math.log(SMOOTHING / total));
        }
    }

    public int people() {
        return people.size();
    }

    /** The most probable author of all of these texts. */
    public String author(List<String> texts) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        List<String> features =
                texts.stream().flatMap(text -> features(text).stream()).toList();
        for (int p = 0; p < people.size(); p++) {
            double sum = 0;
            for (String feature : features) {
                sum += logs.get(p).getOrDefault(feature, unseen.get(p));
            }
            if (sum > most) {
                most = sum;
                best = p;
            }
        }
        return people.get(best);
    }

    private static List<String> features(String text) {
        List<String> features = new ArrayList<>();
        String padded = " " + text.replace('\n', ' ') + " ";
        for (int n = 2; n <= 4; n++) {
            for (int i = 0; i + n <= padded.length(); i++) {
                features.add(padded.substring(i, i + n));
            }
        }
        for (Token token : Tokenizer.tokens(text)) {
            if (token.isWord()) {
                features.add("w:" + token.text().toLowerCase(Locale.ROOT));
            }
        }
        return features;
    }
}
