/** What people call each other. */
@NullMarked
package org.avatarengine.nickname;

import org.jspecify.annotations.NullMarked;
