/** From a source's events to the graph: who is who, what becomes which node, batches, checkpoints, progress. */
@NullMarked
package org.avatarengine.ingest;

import org.jspecify.annotations.NullMarked;
