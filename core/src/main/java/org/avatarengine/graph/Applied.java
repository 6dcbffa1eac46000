package org.avatarengine.graph;

import java.util.EnumMap;
import java.util.Map;

/**
 * What {@link GraphTransaction#apply} did.
 *
 * @param created how many nodes of each label were not there before
 * @param unresolved how many links were left out because one of their ends is not stored
 */
public record Applied(Map<NodeLabel, Integer> created, int unresolved) {
    public static final Applied NOTHING = new Applied(Map.of(), 0);

    /** The number of nodes of a label that were not there before. */
    public int created(NodeLabel label) {
        return created.getOrDefault(label, 0);
    }

    /** Both together. */
    public Applied plus(Applied other) {
        Map<NodeLabel, Integer> sum = new EnumMap<>(NodeLabel.class);
        sum.putAll(created);
        other.created.forEach((label, count) -> sum.merge(label, count, Integer::sum));
        return new Applied(sum, unresolved + other.unresolved);
    }
}
