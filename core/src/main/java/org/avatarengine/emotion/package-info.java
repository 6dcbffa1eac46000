/** What a message feels like: one of seven emotions, how strongly, and whether it is positive or negative. */
@NullMarked
package org.avatarengine.emotion;

import org.jspecify.annotations.NullMarked;
