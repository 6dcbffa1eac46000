/** Splits texts into tokens and words. */
@NullMarked
package org.avatarengine.text;

import org.jspecify.annotations.NullMarked;
