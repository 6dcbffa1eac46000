package org.avatarengine.memory;

/**
 * A time in which somebody was a member of a conversation.
 *
 * @param from the first period of the membership
 * @param to the last period
 */
record MembershipSpan(String conversation, long from, long to) {
    boolean covers(String place, long period) {
        return conversation.equals(place) && period >= from && period <= to;
    }

    long periods() {
        return to - from + 1;
    }
}
