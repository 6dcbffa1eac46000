/** The times at which a person writes, their reply times, and who starts conversations. */
@NullMarked
package org.avatarengine.rhythm;

import org.jspecify.annotations.NullMarked;
