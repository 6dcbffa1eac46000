/** The nicknames that people use for each other. */
@NullMarked
package org.avatarengine.nickname;

import org.jspecify.annotations.NullMarked;
