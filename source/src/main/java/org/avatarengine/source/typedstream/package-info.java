/**
 * The NSArchiver "typedstream" format, in which Messages stores attributed strings.
 *
 * <p>Apple never published the format. This implementation follows the descriptions of the GNUstep and
 * python-typedstream projects. {@code docs/typedstream.md} explains it with a stream read byte by byte.
 */
@NullMarked
package org.avatarengine.source.typedstream;

import org.jspecify.annotations.NullMarked;
