package org.avatarengine.memory;

/**
 * A time that somebody was in a conversation.
 *
 * @param from the first period of the conversation they were there for
 * @param to the last
 */
record Stay(String conversation, long from, long to) {
    boolean covers(String place, long period) {
        return conversation.equals(place) && period >= from && period <= to;
    }
}
