/** People who are excluded from the graph. */
@NullMarked
package org.avatarengine.exclusion;

import org.jspecify.annotations.NullMarked;
