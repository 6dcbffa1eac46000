package org.avatarengine.graph;

import java.util.EnumMap;
import java.util.Map;

/**
 * What {@link GraphTransaction#apply} did.
 *
 * @param created the number of newly created nodes of each label
 * @param unresolved the number of links left out because one of their ends is not stored
 */
public record Applied(Map<NodeLabel, Integer> created, int unresolved) {
    public static final Applied NOTHING = new Applied(Map.of(), 0);

    /** The number of newly created nodes of a label. */
    public int created(NodeLabel label) {
        return created.getOrDefault(label, 0);
    }

    /** The sum of both. */
    public Applied plus(Applied other) {
        Map<NodeLabel, Integer> sum = new EnumMap<>(NodeLabel.class);
        sum.putAll(created);
        other.created.forEach((label, count) -> sum.merge(label, count, Integer::sum));
        return new Applied(sum, unresolved + other.unresolved);
    }
}
