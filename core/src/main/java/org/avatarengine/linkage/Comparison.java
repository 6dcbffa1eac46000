package org.avatarengine.linkage;

import java.util.List;

/**
 * How two records are compared in one respect. Levels count up from 0 (disagreement) to the strongest agreement.
 *
 * @param name what the comparison is of, for people to read
 * @param levels what each level means, from disagreement on
 * @param judge gives the level of two records, or {@link #MISSING}
 * @param termField the field whose value an agreement at the highest level is about, so that sharing a rare value tells
 *     more than sharing a common one; negative for none
 */
public record Comparison(String name, List<Level> levels, Judge judge, int termField) {
    /** The level when one side knows nothing: evidence neither for nor against. */
    public static final int MISSING = -1;

    /**
     * A level, with how often experience expects it. What the records show replaces the expectation as they grow in
     * number; with a handful of records there is nothing else to go by.
     *
     * @param name what it means, for people to read
     * @param amongMatches the share of true matches at this level
     * @param byChance the share of other pairs at this level
     */
    public record Level(String name, double amongMatches, double byChance) {}

    /** Gives a level. */
    @FunctionalInterface
    public interface Judge {
        int level(LinkageRecord one, LinkageRecord other);
    }

    /** The highest level. */
    public int top() {
        return levels.size() - 1;
    }
}
