/**
 * The NSArchiver "typedstream" format, in which Messages stores attributed strings.
 *
 * <p>Apple never published the format. The reading here follows what the GNUstep and python-typedstream projects
 * describe; {@code docs/typedstream.md} sets it out with a stream read byte by byte.
 */
@NullMarked
package org.avatarengine.source.typedstream;

import org.jspecify.annotations.NullMarked;
