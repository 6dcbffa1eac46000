/** Text generation. */
@NullMarked
package org.avatarengine.slm.generation;

import org.jspecify.annotations.NullMarked;
