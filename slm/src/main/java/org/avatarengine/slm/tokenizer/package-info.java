/** Text to tokens and back; talks as text. */
@NullMarked
package org.avatarengine.slm.tokenizer;

import org.jspecify.annotations.NullMarked;
