/** Encrypts folders into one file and decrypts them. */
@NullMarked
package org.avatarengine.vault;

import org.jspecify.annotations.NullMarked;
