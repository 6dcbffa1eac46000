package org.avatarengine.training;

import java.util.List;
import org.avatarengine.memory.Candidate;
import org.avatarengine.memory.Feature;
import org.avatarengine.memory.Ranker;

/**
 * Learns the weights of a {@link Ranker}: the candidates of a question are classes, and those with evidence are correct
 * (the listwise loss of ListNet; Cao et al., ICML 2007), by Adam over all questions at once.
 */
public final class RankerTrainer {
    private static final int STEPS = 600;
    private static final double RATE = 0.05;
    private static final double PENALTY = 1e-2;

    private RankerTrainer() {}

    /** Trains on questions. Those without evidence among their candidates have no effect. */
    public static Ranker train(List<Locomo.Answered> questions) {
        int n = Feature.values().length;
        double[] weights = new double[n];
        double[] mean = new double[n];
        double[] square = new double[n];
        for (int step = 1; step <= STEPS; step++) {
            double[] gradient = gradient(questions, weights);
            for (int i = 0; i < n; i++) {
                mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                weights[i] -= RATE
                        * (mean[i] / (1 - Math.pow(0.9, step)))
                        / (Math.sqrt(square[i] / (1 - Math.pow(0.999, step))) + 1e-8);
            }
        }
        return new Ranker(weights);
    }

    private static double[] gradient(List<Locomo.Answered> questions, double[] weights) {
        int n = weights.length;
        double[] gradient = new double[n];
        Ranker ranker = new Ranker(weights);
        int used = 0;
        for (Locomo.Answered question : questions) {
            List<Candidate> candidates = question.candidates();
            boolean[] right = new boolean[candidates.size()];
            double[] scores = new double[candidates.size()];
            double best = Double.NEGATIVE_INFINITY;
            int answers = 0;
            for (int c = 0; c < scores.length; c++) {
                right[c] = candidates.get(c).messageIds().stream().anyMatch(question.evidence()::contains);
                answers += right[c] ? 1 : 0;
                scores[c] = ranker.score(candidates.get(c));
                best = Math.max(best, scores[c]);
            }
            if (answers == 0) {
                continue;
            }
            used++;
            double sum = 0;
            for (double score : scores) {
                sum += Math.exp(score - best);
            }
            for (int c = 0; c < scores.length; c++) {
                double error = Math.exp(scores[c] - best) / sum - (right[c] ? 1.0 / answers : 0);
                for (int i = 0; i < n; i++) {
                    gradient[i] += error * candidates.get(c).features()[i];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            gradient[i] = gradient[i] / Math.max(1, used) + PENALTY * weights[i];
        }
        return gradient;
    }
}
