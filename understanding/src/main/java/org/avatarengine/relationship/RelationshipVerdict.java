package org.avatarengine.relationship;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classification of a relationship.
 *
 * @param roleOfOne what the first is to the second, such as mother; null when unknown
 * @param roleOfOther what the second is to the first
 * @param probability that the family is right
 * @param probabilities of each family but service, in their order
 * @param byOne messages of the first to the second, {@code byOther} the other way
 * @param periods how it changed over time, oldest first; empty when there is too little
 * @param reasons what speaks for it, for people to read
 * @param evidence ids of messages that show it
 */
public record RelationshipVerdict(
        Family family,
        @Nullable String roleOfOne,
        @Nullable String roleOfOther,
        double probability,
        List<Double> probabilities,
        long byOne,
        long byOther,
        List<Period> periods,
        List<String> reasons,
        List<String> evidence) {

    /** A time span in quarters such as {@code 2024-Q1}, with the relationship at that time. */
    public record Period(String from, String to, Family family, double probability) {}
}
