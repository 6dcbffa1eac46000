/** Sentence vectors, computed in this process by a bundled model. */
@NullMarked
package org.avatarengine.embedding;

import org.jspecify.annotations.NullMarked;
