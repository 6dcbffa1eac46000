/** Replies from a server with OpenAI's chat API. */
@NullMarked
package org.avatarengine.openai;

import org.jspecify.annotations.NullMarked;
