package org.avatarengine.source;

import java.util.List;
import org.avatarengine.event.Event;

/**
 * Consecutive events and the position after them. If both are stored in one transaction, an interrupted import can
 * continue exactly.
 */
public record Batch(List<Event> events, Position after) {}
