package org.avatarengine.memory;

import java.time.Instant;
import java.util.List;

/**
 * Something that was said to a person, and what they answered.
 *
 * @param likeness to the situation that was asked for, (1 + cosine) / 2
 * @param cue what was said to them, by {@code speaker}
 * @param reply what they answered, one message a line
 */
public record Situation(
        double likeness, Instant at, String speaker, String cue, String reply, List<String> messageIds) {}
