package org.avatarengine.graph;

import java.util.List;

/** The rows that a statement returned, and the number of nodes it created. */
public record Outcome(List<Row> rows, long nodesCreated) {}
