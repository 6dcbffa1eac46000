/** Tokenizers, and conversations as tokens. */
@NullMarked
package org.avatarengine.slm.tokenizer;

import org.jspecify.annotations.NullMarked;
