/** Reads an exported file, folder or zip file without unpacking anything to disk. */
@NullMarked
package org.avatarengine.source.archive;

import org.jspecify.annotations.NullMarked;
