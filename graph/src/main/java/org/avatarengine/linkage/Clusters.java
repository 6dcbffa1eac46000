package org.avatarengine.linkage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups matching records into clusters, starting with the pairs of highest probability. Two records marked as separate
 * never get into the same cluster, no matter how many pairs connect them.
 */
public final class Clusters {
    private final Map<String, String> parent = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Map<String, Set<String>> apart = new HashMap<>();

    /** Marks two records as separate. */
    public void keepApart(String one, String other) {
        apart.computeIfAbsent(one, k -> new HashSet<>()).add(other);
        apart.computeIfAbsent(other, k -> new HashSet<>()).add(one);
    }

    /**
     * Joins all pairs with at least the given probability (0 to 1). Returns the clusters with two or more records,
     * sorted.
     */
    public List<List<String>> join(List<FellegiSunter.Verdict> verdicts, double threshold) {
        verdicts.stream()
                .filter(v -> v.probability() >= threshold)
                .sorted(Comparator.comparingDouble(FellegiSunter.Verdict::probability)
                        .reversed()
                        .thenComparing(FellegiSunter.Verdict::one)
                        .thenComparing(FellegiSunter.Verdict::other))
                .forEach(v -> join(v.one(), v.other()));
        Map<String, List<String>> clusters = new LinkedHashMap<>();
        parent.keySet().stream()
                .sorted()
                .forEach(id -> clusters.computeIfAbsent(root(id), k -> new ArrayList<>())
                        .add(id));
        return clusters.values().stream().filter(c -> c.size() > 1).toList();
    }

    /** Whether the clusters of two records may be joined. */
    public boolean mayJoin(String one, String other) {
        Set<String> left = members.getOrDefault(root(one), Set.of(one));
        Set<String> right = members.getOrDefault(root(other), Set.of(other));
        return left.stream()
                .noneMatch(id -> apart.getOrDefault(id, Set.of()).stream().anyMatch(right::contains));
    }

    private void join(String one, String other) {
        String a = root(one);
        String b = root(other);
        if (!a.equals(b) && mayJoin(one, other)) {
            Set<String> right = members.getOrDefault(b, alone(b));
            members.computeIfAbsent(a, Clusters::alone).addAll(right);
            members.remove(b);
            parent.put(b, a);
        }
    }

    private static Set<String> alone(String id) {
        return new HashSet<>(Set.of(id));
    }

    private String root(String id) {
        String above = parent.computeIfAbsent(id, k -> k);
        while (!above.equals(parent.getOrDefault(above, above))) {
            above = parent.getOrDefault(above, above);
        }
        parent.put(id, above);
        return above;
    }
}
