/** Files: written whole or not at all, private to their owner, deleted with all they hold, and the room there is. */
@NullMarked
package org.avatarengine.files;

import org.jspecify.annotations.NullMarked;
