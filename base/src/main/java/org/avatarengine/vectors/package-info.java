/** Sentence vectors, their storage on disk, and linear models that can explain their results. */
@NullMarked
package org.avatarengine.vectors;

import org.jspecify.annotations.NullMarked;
