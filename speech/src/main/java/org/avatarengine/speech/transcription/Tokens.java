package org.avatarengine.speech.transcription;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.avatarengine.speech.Span;

/** The tokens of a decoded text, with their probabilities and attention. */
final class Tokens {
    private final List<Long> ids = new ArrayList<>();
    private final List<Double> probabilities = new ArrayList<>();
    private final List<float[]> attention = new ArrayList<>();

    /** @param row the attention of the step that predicted the token: it is on the sound of that token */
    void add(long id, double probability, float[] row) {
        ids.add(id);
        probabilities.add(probability);
        attention.add(row);
    }

    List<Long> ids() {
        return ids;
    }

    /** Keeps only the first tokens. */
    void keep(int count) {
        ids.subList(count, ids.size()).clear();
        probabilities.subList(count, probabilities.size()).clear();
        attention.subList(count, attention.size()).clear();
    }

    /** The mean log probability of the tokens. */
    double meanLog() {
        return probabilities.stream().mapToDouble(Math::log).average().orElse(0);
    }

    /**
     * The words.
     *
     * @param begins whether a token begins a word
     * @param text decodes tokens
     * @param seconds the length of the sound
     */
    List<Word> words(LongPredicate begins, Function<List<Long>, String> text, int frames, double seconds) {
        if (ids.isEmpty()) {
            return List.of();
        }
        int[] at = WordTimes.align(attention, frames);
        double step = seconds / frames;
        List<Word> words = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= ids.size(); i++) {
            if (i == ids.size() || begins.test(ids.get(i))) {
                String word = text.apply(ids.subList(from, i)).strip();
                if (!word.isEmpty()) {
                    double probability = 1;
                    for (int k = from; k < i; k++) {
                        probability = Math.min(probability, probabilities.get(k));
                    }
                    words.add(new Word(word, new Span(at[from] * step, Math.max(at[from], at[i]) * step), probability));
                }
                from = i;
            }
        }
        return words;
    }

    /** The softmax probability of one of several logits. */
    static double probability(float[] logits, int of) {
        double most = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - most);
        }
        return Math.exp(logits[of] - most) / sum;
    }

    static int greatest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
