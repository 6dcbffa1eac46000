package org.avatarengine.dataset;

import java.time.Instant;
import java.util.List;

/**
 * A talk without a longer rest.
 *
 * @param conversation its id
 * @param begun when its first message was sent
 */
public record Session(String conversation, boolean group, Instant begun, List<Line> lines) {
    /**
     * What somebody said in one go.
     *
     * @param speaker by id
     * @param clean whether it may be learnt, not only be context
     * @param messages its messages' ids
     */
    public record Line(String speaker, String name, String text, boolean clean, List<String> messages) {}
}
