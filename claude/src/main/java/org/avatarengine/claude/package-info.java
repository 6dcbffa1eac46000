/** Requests to Claude: counted, reserved, limited, tried again, and recorded. */
@NullMarked
package org.avatarengine.claude;

import org.jspecify.annotations.NullMarked;
