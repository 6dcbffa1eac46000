package org.avatarengine.memory;

import java.util.List;

/**
 * A passage that may answer a question.
 *
 * @param features what it is judged by, in the order of {@link Feature}
 */
public record Candidate(String id, String conversation, List<String> messageIds, double[] features) {}
