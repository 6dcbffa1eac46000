package org.avatarengine.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.avatarengine.vectors.LinearModel;

/** Trains {@link LinearModel}s: multinomial logistic regression with an L2 penalty, by AdaGrad over shuffled examples. */
public final class LinearTrainer {
    private final List<String> classes;
    private final double penalty;
    private final int epochs;
    private final double rate;

    /**
     * @param penalty the L2 penalty on each weight, for each example
     * @param rate the step size
     */
    public LinearTrainer(List<String> classes, double penalty, int epochs, double rate) {
        this.classes = classes;
        this.penalty = penalty;
        this.epochs = epochs;
        this.rate = rate;
    }

    /** An example with its class and weight. */
    public record Example(Map<String, Double> features, int label, double weight) {}

    /**
     * The mean of models trained on samples drawn with repetition (bagging; Breiman, Machine Learning 24, 1996), which
     * reduces the variance of a model trained on few examples.
     */
    public LinearModel bagged(List<Example> examples, int leastExamples, int models) {
        Map<String, float[]> sum = new HashMap<>();
        for (int i = 0; i < models; i++) {
            SplittableRandom random = new SplittableRandom(i);
            List<Example> sample = new ArrayList<>();
            for (int e = 0; e < examples.size(); e++) {
                sample.add(examples.get(random.nextInt(examples.size())));
            }
            LinearModel model = train(sample, leastExamples);
            model.weights().forEach((feature, row) -> {
                float[] total = sum.computeIfAbsent(feature, k -> new float[row.length]);
                for (int c = 0; c < row.length; c++) {
                    total[c] += row[c] / models;
                }
            });
        }
        return new LinearModel(classes, sum);
    }

    /** Trains on examples, with the features that occur in a minimum number of them. */
    public LinearModel train(List<Example> examples, int leastExamples) {
        Map<String, Integer> seen = new HashMap<>();
        for (Example example : examples) {
            example.features().keySet().forEach(f -> seen.merge(f, 1, Integer::sum));
        }
        Map<String, Integer> index = new HashMap<>();
        index.put(LinearModel.BIAS, 0);
        seen.forEach((feature, count) -> {
            if (count >= leastExamples) {
                index.put(feature, index.size());
            }
        });
        int k = classes.size();
        double[][] weights = new double[index.size()][k];
        double[][] squares = new double[index.size()][k];
        int[][] ids = new int[examples.size()][];
        double[][] values = new double[examples.size()][];
        for (int e = 0; e < examples.size(); e++) {
            List<Integer> known = new ArrayList<>(List.of(0));
            List<Double> itsValues = new ArrayList<>(List.of(1.0));
            examples.get(e).features().forEach((feature, value) -> {
                Integer id = index.get(feature);
                if (id != null) {
                    known.add(id);
                    itsValues.add(value);
                }
            });
            ids[e] = known.stream().mapToInt(Integer::intValue).toArray();
            values[e] = itsValues.stream().mapToDouble(Double::doubleValue).toArray();
        }
        SplittableRandom random = new SplittableRandom(1);
        int[] order = java.util.stream.IntStream.range(0, examples.size()).toArray();
        double[] scores = new double[k];
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle(order, random);
            for (int e : order) {
                java.util.Arrays.fill(scores, 0);
                for (int i = 0; i < ids[e].length; i++) {
                    double[] row = weights[ids[e][i]];
                    for (int c = 0; c < k; c++) {
                        scores[c] += row[c] * values[e][i];
                    }
                }
                LinearModel.softmax(scores);
                Example example = examples.get(e);
                for (int i = 0; i < ids[e].length; i++) {
                    double[] row = weights[ids[e][i]];
                    double[] square = squares[ids[e][i]];
                    for (int c = 0; c < k; c++) {
                        double error = (scores[c] - (c == example.label() ? 1 : 0)) * example.weight();
                        double gradient = error * values[e][i] + (ids[e][i] == 0 ? 0 : penalty * row[c]);
                        square[c] += gradient * gradient;
                        row[c] -= rate * gradient / (1e-6 + Math.sqrt(square[c]));
                    }
                }
            }
        }
        Map<String, float[]> named = new HashMap<>();
        index.forEach((feature, id) -> {
            float[] row = new float[k];
            double size = 0;
            for (int c = 0; c < k; c++) {
                row[c] = (float) weights[id][c];
                size = Math.max(size, Math.abs(weights[id][c]));
            }
            if (size >= 5e-5) {
                named.put(feature, row);
            }
        });
        return new LinearModel(classes, named);
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    /** Precision, recall and F1 over the classes of a set of predictions. */
    public record Score(double accuracy, double macroF1, double weightedF1, List<Double> f1) {
        public static Score of(int classes, List<Integer> truth, List<Integer> predicted, Set<Integer> counted) {
            double[] right = new double[classes];
            double[] of = new double[classes];
            double[] said = new double[classes];
            double correct = 0;
            for (int i = 0; i < truth.size(); i++) {
                of[truth.get(i)]++;
                said[predicted.get(i)]++;
                if (truth.get(i).equals(predicted.get(i))) {
                    right[truth.get(i)]++;
                    correct++;
                }
            }
            List<Double> f1 = new ArrayList<>();
            double macro = 0;
            double weighted = 0;
            for (int c = 0; c < classes; c++) {
                double f = of[c] + said[c] == 0 ? 0 : 2 * right[c] / (of[c] + said[c]);
                f1.add(f);
                macro += counted.contains(c) ? f / counted.size() : 0;
                weighted += f * of[c] / truth.size();
            }
            return new Score(correct / truth.size(), macro, weighted, f1);
        }
    }
}
