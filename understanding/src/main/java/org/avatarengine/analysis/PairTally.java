package org.avatarengine.analysis;

import org.avatarengine.language.CoordinationTally;
import org.avatarengine.relationship.RelationshipTally;
import org.avatarengine.rhythm.TurnTally;

/** All counts of two people in their conversations of two; {@code one} is the person with the lower id. */
final class PairTally {
    final RelationshipTally relationship;
    final CoordinationTally oneToOther = new CoordinationTally();
    final CoordinationTally otherToOne = new CoordinationTally();
    final TurnTally one;
    final TurnTally other;

    /** Two people, in the order of their ids. */
    record Key(String one, String other) {
        static Key of(String a, String b) {
            return a.compareTo(b) < 0 ? new Key(a, b) : new Key(b, a);
        }
    }

    PairTally() {
        relationship = new RelationshipTally();
        one = new TurnTally();
        other = new TurnTally();
    }

    void merge(PairTally theirs) {
        relationship.merge(theirs.relationship);
        oneToOther.merge(theirs.oneToOther);
        otherToOne.merge(theirs.otherToOne);
        one.merge(theirs.one);
        other.merge(theirs.other);
    }
}
