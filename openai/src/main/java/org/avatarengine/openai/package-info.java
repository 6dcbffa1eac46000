/** Replies by a server that speaks OpenAI's chat API. */
@NullMarked
package org.avatarengine.openai;

import org.jspecify.annotations.NullMarked;
