package org.avatarengine.memory;

import java.time.Instant;
import java.util.List;

/**
 * What one person said in one go: messages that follow each other. Passages are what is searched.
 *
 * @param id of the passage: its conversation and first message
 * @param number its place in the conversation, from 0
 * @param period during which of the conversation's periods ({@link Periods}) it was said
 * @param session which session of the conversation it is in, from 0
 * @param sender who spoke, as they are called
 * @param text what was said, with what is seen in its pictures
 * @param messageIds the messages it is made of, in order
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
    /** What a sentence model reads: names and the passage before say what a short answer is about. */
    String inContext(Passage before) {
        return before.session == session ? before.attributed() + " " + attributed() : attributed();
    }

    String attributed() {
        return sender + ": " + text;
    }
}
