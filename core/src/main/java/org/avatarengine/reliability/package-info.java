/** How calls to what can fail are made: again after a pause, not too many at once, and not at all for a while. */
@NullMarked
package org.avatarengine.reliability;

import org.jspecify.annotations.NullMarked;
