/** PyTorch through DJL. */
@NullMarked
package org.avatarengine.slm.torch;

import org.jspecify.annotations.NullMarked;
