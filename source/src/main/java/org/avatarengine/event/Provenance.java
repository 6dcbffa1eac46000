package org.avatarengine.event;

/**
 * Where an event was read from.
 *
 * @param source the source's identifier, the same for later exports
 * @param row its row or line in the source, starting at 1
 */
public record Provenance(String source, long row) {}
