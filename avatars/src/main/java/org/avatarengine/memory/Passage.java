package org.avatarengine.memory;

import java.time.Instant;
import java.util.List;

/**
 * A passage: consecutive messages of one person, the unit of search.
 *
 * @param id the id of the passage, from its conversation and first message
 * @param number its index in the conversation, from 0
 * @param period its period of the conversation ({@link Periods})
 * @param session the number of its session in the conversation, from 0
 * @param sender the name of the sender
 * @param text the text, with descriptions of its pictures
 * @param messageIds the ids of its messages, in order
 */
record Passage(
        String id,
        long number,
        long period,
        long session,
        String sender,
        Instant at,
        Instant until,
        String text,
        List<String> messageIds) {
    /** The input of the sentence model: with names and the previous passage, which give a short answer its context. */
    String inContext(Passage before) {
        return before.session == session ? before.attributed() + " " + attributed() : attributed();
    }

    String attributed() {
        return sender + ": " + text;
    }
}
