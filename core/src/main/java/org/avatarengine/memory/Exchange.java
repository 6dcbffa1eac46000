package org.avatarengine.memory;

import java.time.Instant;
import java.util.List;

/**
 * Part of a conversation that was found: a passage with what was said around it.
 *
 * @param found the messages of the passage that was found
 * @param score of the {@link Ranker}; higher is better
 */
public record Exchange(String conversation, List<String> found, double score, List<Line> lines) {

    /** A message of it; {@code name} is what its sender is called. */
    public record Line(String messageId, String sender, String name, Instant at, String text) {}
}
