/** Talking to an avatar: what it remembers and how it speaks come together here. */
@NullMarked
package org.avatarengine.chat;

import org.jspecify.annotations.NullMarked;
