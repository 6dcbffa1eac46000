/** An avatar's memory: recall of exchanges by words, meaning and time, from conversations with its partner. */
@NullMarked
package org.avatarengine.memory;

import org.jspecify.annotations.NullMarked;
