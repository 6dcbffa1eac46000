package org.avatarengine.linkage;

import java.util.List;

/**
 * Compares two records in one respect. Levels run from 0 (disagreement) to the strongest agreement.
 *
 * @param name the compared property, as shown to the user
 * @param levels the levels, starting with disagreement
 * @param judge returns the level of two records, or {@link #MISSING}
 * @param termField the field whose frequency counts at the highest level, where sharing a rare value is stronger
 *     evidence than sharing a common one; negative for none
 */
public record Comparison(String name, List<Level> levels, Judge judge, int termField) {
    /** The level when a value is missing on one side: no evidence for or against a match. */
    public static final int MISSING = -1;

    /**
     * A level with its prior frequencies. The more records there are, the less the priors count; with only a few
     * records, nothing else is available.
     *
     * @param name the meaning, as shown to the user
     * @param amongMatches the share of true matches at this level, 0 to 1
     * @param byChance the share of other pairs at this level, 0 to 1
     */
    public record Level(String name, double amongMatches, double byChance) {}

    /** Returns the level of two records. */
    @FunctionalInterface
    public interface Judge {
        int level(LinkageRecord one, LinkageRecord other);
    }

    /** The highest level. */
    public int top() {
        return levels.size() - 1;
    }
}
