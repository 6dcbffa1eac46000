package org.avatarengine.slm.generation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Samples the tokens of one text. */
final class Sampler {
    private final Sampling sampling;
    private final SplittableRandom random;
    private final Set<Integer> written = new HashSet<>();

    Sampler(Sampling sampling, long seed) {
        this.sampling = sampling;
        this.random = new SplittableRandom(seed);
    }

    /** The next token, given the logits of all. */
    int next(float[] logits) {
        double[] scores = new double[logits.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = logits[i];
        }
        for (int id : written) {
            scores[id] = scores[id] > 0
                    ? scores[id] / sampling.repetitionPenalty()
                    : scores[id] * sampling.repetitionPenalty();
        }
        int chosen = sampling.temperature() == 0 ? best(scores) : draw(scores);
        written.add(chosen);
        return chosen;
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    private int draw(double[] scores) {
        double highest = Arrays.stream(scores).max().orElseThrow();
        double[] weights = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            weights[i] = Math.exp((scores[i] - highest) / sampling.temperature());
            sum += weights[i];
        }
        // The most likely token has the weight 1.
        int[] order = IntStream.range(0, weights.length)
                .filter(i -> weights[i] >= sampling.minP() && weights[i] > 0)
                .boxed()
                .sorted((a, b) -> Double.compare(weights[b], weights[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int kept = sampling.topK() == 0 ? order.length : Math.min(order.length, sampling.topK());
        double within = 0;
        int nucleus = 0;
        while (nucleus < kept && (nucleus == 0 || within < sampling.topP() * sum)) {
            within += weights[order[nucleus++]];
        }
        double left = random.nextDouble() * within;
        for (int i = 0; i < nucleus - 1; i++) {
            left -= weights[order[i]];
            if (left < 0) {
                return order[i];
            }
        }
        return order[nucleus - 1];
    }
}
