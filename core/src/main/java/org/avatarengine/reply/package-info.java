/** Writing one reply as a person: the models that can, and holding what they write to the person's habits. */
@NullMarked
package org.avatarengine.reply;

import org.jspecify.annotations.NullMarked;
