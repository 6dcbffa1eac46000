/** Writing with a model. */
@NullMarked
package org.avatarengine.slm.generation;

import org.jspecify.annotations.NullMarked;
