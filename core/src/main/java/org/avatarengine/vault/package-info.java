/** Folders put under lock: encrypted into one file, and back. */
@NullMarked
package org.avatarengine.vault;

import org.jspecify.annotations.NullMarked;
