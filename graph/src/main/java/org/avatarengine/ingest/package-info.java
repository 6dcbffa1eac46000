/** Imports a source's events into the graph: people, nodes and links, batches, checkpoints, progress. */
@NullMarked
package org.avatarengine.ingest;

import org.jspecify.annotations.NullMarked;
