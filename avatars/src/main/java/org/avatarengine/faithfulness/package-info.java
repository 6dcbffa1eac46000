/** How similar an avatar's replies are to the person's own, measured on their real later replies. */
@NullMarked
package org.avatarengine.faithfulness;

import org.jspecify.annotations.NullMarked;
