/** What can go wrong outside the program, as one closed family; each message is one line for the user. */
@NullMarked
package org.avatarengine.failure;

import org.jspecify.annotations.NullMarked;
