package org.avatarengine.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Ranks candidates by a weighted sum of their features. The bundled weights were learnt from questions with known evidence.
 * Only the order of scores is meaningful, not their size.
 *
 * @param weights the weights in the order of {@link Feature}
 */
public record Ranker(double[] weights) {
    private static final String RESOURCE = "ranker.properties";

    public Ranker {
        if (weights.length != Feature.values().length) {
            throw new IllegalArgumentException("A ranker needs one weight per feature, not " + weights.length + ".");
        }
    }

    /** The bundled ranker. */
    public static Ranker shipped() {
        Properties properties = new Properties();
        try (InputStream in = Ranker.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("A file of the program is missing: " + RESOURCE);
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double[] weights = new double[Feature.values().length];
        for (Feature feature : Feature.values()) {
            weights[feature.ordinal()] = Double.parseDouble(properties.getProperty(feature.name()));
        }
        return new Ranker(weights);
    }

    /** The score; higher is better. */
    public double score(Candidate candidate) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * candidate.features()[i];
        }
        return sum;
    }
}
