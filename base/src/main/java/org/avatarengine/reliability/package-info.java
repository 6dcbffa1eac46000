/** Retries, concurrency limits and circuit breakers for calls that can fail. */
@NullMarked
package org.avatarengine.reliability;

import org.jspecify.annotations.NullMarked;
