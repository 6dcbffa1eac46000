/** How much like the person an avatar writes, measured on what they really wrote later. */
@NullMarked
package org.avatarengine.faithfulness;

import org.jspecify.annotations.NullMarked;
