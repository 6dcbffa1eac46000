package org.avatarengine.source;

import java.util.List;
import java.util.Map;
import org.avatarengine.event.Event;

/**
 * Consecutive events and the position after them. If both are stored in one transaction, an interrupted import can
 * continue exactly.
 *
 * @param formerIds the identifiers under which the first version of this program stored events, by their present ones;
 *     without those that have not changed. The first is that of the event, others are of what was taken for further
 *     events and is part of it
 */
public record Batch(List<Event> events, Position after, Map<String, List<String>> formerIds) {
    /** A batch of events that have the identifiers that they always had. */
    public Batch(List<Event> events, Position after) {
        this(events, after, Map.of());
    }
}
