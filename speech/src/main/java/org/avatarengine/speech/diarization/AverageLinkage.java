package org.avatarengine.speech.diarization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Agglomerative clustering with average linkage: the two clusters with the highest mean cosine similarity are merged.
 */
final class AverageLinkage {
    /** More vectors are first clustered in parts, so that time and memory do not grow quadratically. */
    private static final int PART = 1000;

    private AverageLinkage() {}

    /**
     * Clusters vectors.
     *
     * @param threshold less similar clusters are not merged, unless there are more than {@code most}
     * @param most the maximum number of clusters
     * @param least the minimum number of clusters, if there are as many vectors
     * @return the cluster of each vector, numbered from 0
     */
    static int[] cluster(List<double[]> vectors, double threshold, int most, int least) {
        if (vectors.size() <= PART) {
            return small(vectors, threshold, most, least);
        }
        List<double[]> centres = new ArrayList<>();
        int[] of = new int[vectors.size()];
        for (int from = 0; from < vectors.size(); from += PART) {
            List<double[]> part = vectors.subList(from, Math.min(vectors.size(), from + PART));
            int[] labels = small(part, threshold, 2 * most, least);
            int clusters = Arrays.stream(labels).max().orElse(-1) + 1;
            for (int c = 0; c < clusters; c++) {
                centres.add(new double[vectors.getFirst().length]);
            }
            for (int i = 0; i < labels.length; i++) {
                of[from + i] = centres.size() - clusters + labels[i];
                double[] centre = centres.get(of[from + i]);
                for (int d = 0; d < centre.length; d++) {
                    centre[d] += part.get(i)[d];
                }
            }
        }
        int[] above = cluster(centres, threshold, most, least);
        return Arrays.stream(of).map(i -> above[i]).toArray();
    }

    private static int[] small(List<double[]> vectors, double threshold, int most, int least) {
        int n = vectors.size();
        double[][] alike = new double[n][n];
        double[] length = new double[n];
        for (int i = 0; i < n; i++) {
            length[i] = Math.sqrt(dot(vectors.get(i), vectors.get(i))) + 1e-12;
            for (int j = 0; j < i; j++) {
                alike[i][j] = dot(vectors.get(i), vectors.get(j)) / (length[i] * length[j]);
                alike[j][i] = alike[i][j];
            }
        }
        int[] label = new int[n];
        double[] size = new double[n];
        List<Integer> alive = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            label[i] = i;
            size[i] = 1;
            alive.add(i);
        }
        while (alive.size() > Math.max(1, least)) {
            int a = -1;
            int b = -1;
            for (int i = 1; i < alive.size(); i++) {
                double[] row = alike[alive.get(i)];
                for (int j = 0; j < i; j++) {
                    if (a < 0 || row[alive.get(j)] > alike[a][b]) {
                        a = alive.get(i);
                        b = alive.get(j);
                    }
                }
            }
            if (alike[a][b] < threshold && alive.size() <= most) {
                break;
            }
            for (int other : alive) {
                double joined = (alike[a][other] * size[a] + alike[b][other] * size[b]) / (size[a] + size[b]);
                alike[a][other] = joined;
                alike[other][a] = joined;
            }
            size[a] += size[b];
            alive.remove(Integer.valueOf(b));
            for (int i = 0; i < n; i++) {
                label[i] = label[i] == b ? a : label[i];
            }
        }
        return Arrays.stream(label).map(alive::indexOf).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
