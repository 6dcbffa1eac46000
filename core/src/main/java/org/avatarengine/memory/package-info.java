/** What an avatar remembers: exchanges found by words, meaning and time, as far as its partner was there. */
@NullMarked
package org.avatarengine.memory;

import org.jspecify.annotations.NullMarked;
