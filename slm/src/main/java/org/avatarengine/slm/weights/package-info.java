/** Files that hold a model's weights: safetensors, GGUF. */
@NullMarked
package org.avatarengine.slm.weights;

import org.jspecify.annotations.NullMarked;
