/** Decides which part of a message its sender wrote. */
@NullMarked
package org.avatarengine.ownwords;

import org.jspecify.annotations.NullMarked;
