/** Recordings: what was said, when, and by whom. */
@NullMarked
package org.avatarengine.speech;

import org.jspecify.annotations.NullMarked;
