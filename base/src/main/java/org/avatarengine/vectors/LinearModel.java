package org.avatarengine.vectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Multinomial logistic regression over named features. The contribution of each feature to each class is known, so a
 * result can be explained. Stored as text: a line with the class names, then a line for each feature with its weights.
 */
public final class LinearModel {
    /** The feature that is always present. */
    public static final String BIAS = "(bias)";

    private final List<String> classes;
    private final Map<String, float[]> weights;

    public LinearModel(List<String> classes, Map<String, float[]> weights) {
        this.classes = List.copyOf(classes);
        this.weights = Collections.unmodifiableMap(new HashMap<>(weights));
    }

    /** The contribution of a feature to a class, in log odds. */
    public record Contribution(String feature, double logOdds) {}

    public List<String> classes() {
        return classes;
    }

    /** The weight of each feature for each class. Callers must not change it. */
    public Map<String, float[]> weights() {
        return weights;
    }

    /** The number of features. */
    public int size() {
        return weights.size();
    }

    /** The probability of each class, in the order of {@link #classes}. */
    public double[] probabilities(Map<String, Double> features) {
        double[] scores = new double[classes.size()];
        add(scores, BIAS, 1);
        features.forEach((feature, value) -> add(scores, feature, value));
        return softmax(scores);
    }

    private void add(double[] scores, String feature, double value) {
        float[] row = weights.get(feature);
        if (row != null) {
            for (int c = 0; c < scores.length; c++) {
                scores[c] += row[c] * value;
            }
        }
    }

    /** The index of the largest value; the first of equal ones. */
    public static int best(double[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }

    /** Converts scores to probabilities, in place. */
    public static double[] softmax(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int c = 0; c < scores.length; c++) {
            scores[c] = Math.exp(scores[c] - most);
            sum += scores[c];
        }
        for (int c = 0; c < scores.length; c++) {
            scores[c] /= sum;
        }
        return scores;
    }

    /** The features with the largest contribution to a class compared with the average class, largest first. */
    public List<Contribution> explain(Map<String, Double> features, int classIndex, int limit) {
        List<Contribution> all = new ArrayList<>();
        features.forEach((feature, value) -> {
            float[] row = weights.get(feature);
            if (row != null) {
                double mean = 0;
                for (float weight : row) {
                    mean += weight / row.length;
                }
                all.add(new Contribution(feature, (row[classIndex] - mean) * value));
            }
        });
        all.sort(Comparator.comparingDouble(Contribution::logOdds).reversed());
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    /** Writes the model. */
    public void write(PrintWriter out) {
        out.println(String.join("\t", classes));
        weights.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            StringBuilder line = new StringBuilder(entry.getKey());
            for (float weight : entry.getValue()) {
                line.append('\t').append(Math.round(weight * 1e4) / 1e4);
            }
            out.println(line);
        });
    }

    /** Reads a model written by {@link #write}. */
    public static LinearModel read(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> classes = List.of(lines.readLine().split("\t"));
            Map<String, float[]> weights = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t");
                if (parts.length != classes.size() + 1) {
                    throw new IllegalStateException(
                            "A line of a model has a wrong number of columns, " + parts.length + ": " + line);
                }
                float[] row = new float[classes.size()];
                for (int c = 0; c < row.length; c++) {
                    row[c] = Float.parseFloat(parts[c + 1]);
                }
                weights.put(parts[0], row);
            }
            return new LinearModel(classes, weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
