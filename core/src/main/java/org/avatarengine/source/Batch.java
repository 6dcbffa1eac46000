package org.avatarengine.source;

import java.util.List;
import org.avatarengine.event.Event;

/**
 * Consecutive events and the position after them. Storing both in one transaction makes an import resume exactly.
 *
 * @param fresh whether the source has not given these events before, so that they are most likely not yet stored
 */
public record Batch(List<Event> events, Position after, boolean fresh) {}
