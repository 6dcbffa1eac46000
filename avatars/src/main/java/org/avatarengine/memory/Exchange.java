package org.avatarengine.memory;

import java.time.Instant;
import java.util.List;

/**
 * A recalled part of a conversation: a passage with its context.
 *
 * @param found the ids of the messages of the passage
 * @param score the score of the {@link Ranker}; higher is better
 */
public record Exchange(String conversation, List<String> found, double score, List<Line> lines) {

    /** A message; {@code name} is its sender's name. */
    public record Line(String messageId, String sender, String name, Instant at, String text) {}
}
