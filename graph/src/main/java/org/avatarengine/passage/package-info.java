/** The stored passages of conversations, as far as both imports and the memory change them. */
@NullMarked
package org.avatarengine.passage;

import org.jspecify.annotations.NullMarked;
