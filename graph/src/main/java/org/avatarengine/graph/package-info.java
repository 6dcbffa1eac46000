/**
 * The knowledge graph. The interface {@link org.avatarengine.graph.Graph} has two implementations that run the same
 * Cypher: Neo4j embedded in this process, and any Neo4j server over Bolt.
 */
@NullMarked
package org.avatarengine.graph;

import org.jspecify.annotations.NullMarked;
