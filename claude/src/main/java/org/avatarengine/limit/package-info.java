/** How much of the service may be asked for at once, learnt from its answers. */
@NullMarked
package org.avatarengine.limit;

import org.jspecify.annotations.NullMarked;
