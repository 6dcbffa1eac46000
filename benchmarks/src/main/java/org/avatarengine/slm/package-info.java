/** Measures of small language models: perplexity, imitation and speed. */
@NullMarked
package org.avatarengine.slm;

import org.jspecify.annotations.NullMarked;
