package org.avatarengine.graph;

import java.util.Map;

/** Writes that are committed together. */
public interface GraphTransaction {

    /** Runs a statement. */
    Outcome run(String cypher, Map<String, ?> parameters);

    /** Writes nodes, then the links between them and to nodes that are already stored. */
    Applied apply(Mutations mutations);
}
