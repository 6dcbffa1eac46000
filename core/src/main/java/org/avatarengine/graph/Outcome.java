package org.avatarengine.graph;

import java.util.List;

/** What a statement returned, and how many nodes it created. */
public record Outcome(List<Row> rows, long nodesCreated) {}
