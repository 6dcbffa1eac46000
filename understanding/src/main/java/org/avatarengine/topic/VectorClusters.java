package org.avatarengine.topic;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Spherical k-means (Dhillon and Modha, Machine Learning 42, 2001) with k-means++ seeding: clusters of vectors of length 1
 * by their cosine. Deterministic.
 */
final class VectorClusters {
    private static final int ROUNDS = 25;

    private final float[][] centers;
    private final int[] members;

    private VectorClusters(float[][] centers, int[] members) {
        this.centers = centers;
        this.members = members;
    }

    /** The cluster of each vector. */
    int[] members() {
        return members;
    }

    int clusters() {
        return centers.length;
    }

    static VectorClusters of(List<float[]> vectors, int clusters) {
        SplittableRandom random = new SplittableRandom(42);
        float[][] centers = seeds(vectors, Math.min(clusters, vectors.size()), random);
        int[] members = new int[vectors.size()];
        for (int round = 0; round < ROUNDS; round++) {
            float[][] fixed = centers;
            int[] next = IntStream.range(0, vectors.size())
                    .parallel()
                    .map(i -> nearest(fixed, vectors.get(i)))
                    .toArray();
            boolean same = Arrays.equals(next, members) && round > 0;
            members = next;
            if (same) {
                break;
            }
            centers = means(vectors, members, centers);
        }
        return new VectorClusters(centers, members);
    }

    private static float[][] seeds(List<float[]> vectors, int count, SplittableRandom random) {
        float[][] seeds = new float[count][];
        double[] distance = new double[vectors.size()];
        Arrays.fill(distance, 2);
        for (int s = 0; s < count; s++) {
            double sum = Arrays.stream(distance).sum();
            double at = random.nextDouble() * sum;
            int chosen = 0;
            while (chosen < distance.length - 1 && at >= distance[chosen]) {
                at -= distance[chosen];
                chosen++;
            }
            seeds[s] = vectors.get(chosen);
            float[] seed = seeds[s];
            IntStream.range(0, distance.length).parallel().forEach(i -> {
                double apart = Math.max(0, 1 - dot(seed, vectors.get(i)));
                distance[i] = Math.min(distance[i], apart * apart);
            });
        }
        return seeds;
    }

    private static int nearest(float[][] centers, float[] vector) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < centers.length; c++) {
            double similarity = dot(centers[c], vector);
            if (similarity > most) {
                most = similarity;
                best = c;
            }
        }
        return best;
    }

    private static float[][] means(List<float[]> vectors, int[] members, float[][] before) {
        float[][] sums = new float[before.length][before.length == 0 ? 0 : before[0].length];
        for (int i = 0; i < members.length; i++) {
            float[] sum = sums[members[i]];
            float[] vector = vectors.get(i);
            for (int d = 0; d < sum.length; d++) {
                sum[d] += vector[d];
            }
        }
        for (int c = 0; c < sums.length; c++) {
            double length = Math.sqrt(dot(sums[c], sums[c]));
            if (length == 0) {
                sums[c] = before[c]; // an empty cluster keeps its place
                continue;
            }
            for (int d = 0; d < sums[c].length; d++) {
                sums[c][d] /= (float) length;
            }
        }
        return sums;
    }

    static double dot(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
