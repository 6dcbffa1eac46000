/** Reads and writes files with a model's weights: safetensors and GGUF. */
@NullMarked
package org.avatarengine.slm.weights;

import org.jspecify.annotations.NullMarked;
