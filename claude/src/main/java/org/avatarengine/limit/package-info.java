/** Adaptive rate limiting, learnt from the service's answers. */
@NullMarked
package org.avatarengine.limit;

import org.jspecify.annotations.NullMarked;
