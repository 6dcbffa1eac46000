package org.avatarengine.reply;

/**
 * A line of a talk with an avatar.
 *
 * @param avatar whether the avatar said it
 */
public record Turn(boolean avatar, String text) {}
