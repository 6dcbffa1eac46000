/** A file, a folder or a zip that somebody exported, read as files without unpacking anything to disk. */
@NullMarked
package org.avatarengine.source.archive;

import org.jspecify.annotations.NullMarked;
