package org.avatarengine.reply;

/**
 * A turn in a chat with an avatar.
 *
 * @param avatar whether the avatar wrote it
 */
public record Turn(boolean avatar, String text) {}
