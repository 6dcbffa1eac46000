package org.avatarengine.passage;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.GraphTransaction;
import org.avatarengine.text.Stems;

/** Maintains the nodes {@code (:Term)}, which count the passages that contain each stem. */
public final class PassageTerms {
    private static final String COUNT = """
            UNWIND $terms AS row
            MERGE (t:Term {id: row.id}) SET t.passages = coalesce(t.passages, 0) + row.n""";

    private PassageTerms() {}

    /**
     * Updates the counts for added or removed passages.
     *
     * @param texts the texts of the passages
     * @param sign 1 for added passages, -1 for removed ones
     */
    public static void count(GraphTransaction transaction, List<String> texts, int sign) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String text : texts) {
            new LinkedHashSet<>(Stems.of(text)).forEach(stem -> counts.merge(stem, sign, Integer::sum));
        }
        if (!counts.isEmpty()) {
            // Sorted, so that two writers cannot deadlock.
            List<Map<String, Object>> terms = counts.entrySet().stream()
                    .sorted(Comparator.comparing(Map.Entry::getKey))
                    .map(entry -> Map.<String, Object>of("id", entry.getKey(), "n", entry.getValue()))
                    .toList();
            transaction.run(COUNT, Map.of("terms", terms));
        }
    }

    /** Removes the terms that no passage contains any more. It reads all terms, so call it once after all counting. */
    public static void removeUnused(GraphTransaction transaction) {
        transaction.run("MATCH (t:Term) WHERE t.passages <= 0 DELETE t", Map.of());
    }
}
