/** Training with Apple's MLX, if {@code mlx_lm} is installed. */
@NullMarked
package org.avatarengine.slm.mlx;

import org.jspecify.annotations.NullMarked;
