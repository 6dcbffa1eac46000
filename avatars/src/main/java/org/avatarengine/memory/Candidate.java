package org.avatarengine.memory;

import java.util.List;

/**
 * A passage that may answer a question.
 *
 * @param features the features, in the order of {@link Feature}
 */
public record Candidate(String id, String conversation, List<String> messageIds, double[] features) {}
