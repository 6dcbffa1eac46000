/** Chats with an avatar: combines memory, persona, reply model and style. */
@NullMarked
package org.avatarengine.chat;

import org.jspecify.annotations.NullMarked;
