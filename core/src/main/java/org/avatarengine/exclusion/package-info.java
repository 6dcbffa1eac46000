/** People who are not to be in the graph. */
@NullMarked
package org.avatarengine.exclusion;

import org.jspecify.annotations.NullMarked;
