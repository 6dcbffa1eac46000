/** Replies as a person: the models that write them, and the style control. */
@NullMarked
package org.avatarengine.reply;

import org.jspecify.annotations.NullMarked;
