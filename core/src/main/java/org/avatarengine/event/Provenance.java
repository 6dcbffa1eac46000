package org.avatarengine.event;

/**
 * Where an event was read.
 *
 * @param source the source's identifier, stable over re-exports
 * @param row its row or line there, from 1
 */
public record Provenance(String source, long row) {}
