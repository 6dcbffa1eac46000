package org.avatarengine.graph;

import java.util.Map;

/** Writes that are stored together. */
public interface GraphTransaction {

    /** Runs a statement. */
    Outcome run(String cypher, Map<String, ?> parameters);

    /** Writes nodes, then the links among them and to nodes already stored. */
    Applied apply(Mutations mutations);
}
