/** Failures outside the program, as one sealed family. Each message is one line for the user. */
@NullMarked
package org.avatarengine.failure;

import org.jspecify.annotations.NullMarked;
