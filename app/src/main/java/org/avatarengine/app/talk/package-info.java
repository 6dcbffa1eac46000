/** Commands in which an avatar remembers, speaks or is tested. */
@NullMarked
package org.avatarengine.app.talk;

import org.jspecify.annotations.NullMarked;
