/**
 * What messaging apps export. Each app recognizes its own export in an archive and tells what it holds; the rest, from
 * batches to going on where a run was stopped, is the same for all.
 */
@NullMarked
package org.avatarengine.source.apps;

import org.jspecify.annotations.NullMarked;
