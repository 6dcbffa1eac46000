/** The emotion of a message: one of seven emotions, its intensity, and the sentiment. */
@NullMarked
package org.avatarengine.emotion;

import org.jspecify.annotations.NullMarked;
