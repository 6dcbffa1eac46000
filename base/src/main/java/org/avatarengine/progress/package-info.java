/** Progress of long tasks. */
@NullMarked
package org.avatarengine.progress;

import org.jspecify.annotations.NullMarked;
