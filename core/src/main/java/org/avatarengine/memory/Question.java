package org.avatarengine.memory;

/**
 * What is asked of a memory.
 *
 * @param person whose memory it is, by id; "you" in the text is this person
 * @param partner who asks, by id; "I" and "me" are this person
 * @param everything whether the owner lets the avatar use what the partner was not there for
 */
public record Question(String text, String person, String partner, boolean everything) {
    public Question(String text, String person, String partner) {
        this(text, person, partner, false);
    }
}
