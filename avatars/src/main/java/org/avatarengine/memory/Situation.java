package org.avatarengine.memory;

import java.time.Instant;
import java.util.List;

/**
 * A line that was said to a person, with their reply.
 *
 * @param likeness the similarity to the present situation, (1 + cosine) / 2
 * @param cue the line that was said to them by {@code speaker}
 * @param reply their reply, one message per line
 */
public record Situation(
        double likeness, Instant at, String speaker, String cue, String reply, List<String> messageIds) {}
