/** Import sources. Each source reads one kind of export as a stream of events. */
@NullMarked
package org.avatarengine.source;

import org.jspecify.annotations.NullMarked;
