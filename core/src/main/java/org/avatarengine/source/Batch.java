package org.avatarengine.source;

import java.util.List;
import org.avatarengine.event.Event;

/** Consecutive events and the position after them. Storing both in one transaction makes an import resume exactly. */
public record Batch(List<Event> events, Position after) {}
