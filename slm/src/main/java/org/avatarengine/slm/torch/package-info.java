/** PyTorch, as DJL runs it. */
@NullMarked
package org.avatarengine.slm.torch;

import org.jspecify.annotations.NullMarked;
