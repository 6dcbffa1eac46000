package org.avatarengine.dataset;

import java.time.Instant;
import java.util.List;

/**
 * A session: a part of a conversation without a long pause.
 *
 * @param conversation the id of the conversation
 * @param begun the time of its first message
 */
public record Session(String conversation, boolean group, Instant begun, List<Line> lines) {
    /**
     * The consecutive messages of one person.
     *
     * @param speaker the id of the person
     * @param clean whether it may be used for training, not only as context
     * @param messages the ids of its messages
     */
    public record Line(String speaker, String name, String text, boolean clean, List<String> messages) {}
}
