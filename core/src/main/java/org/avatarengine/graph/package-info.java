/**
 * The knowledge graph: one port, {@link org.avatarengine.graph.Graph}, and two executors of the same Cypher, Neo4j
 * embedded in this process and any Neo4j server over Bolt.
 */
@NullMarked
package org.avatarengine.graph;

import org.jspecify.annotations.NullMarked;
