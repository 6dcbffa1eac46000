/** Commands that ask Claude, and what that costs. */
@NullMarked
package org.avatarengine.app.claude;

import org.jspecify.annotations.NullMarked;
