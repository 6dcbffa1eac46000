/**
 * Discord: the JSON of DiscordChatExporter (https://github.com/Tyrrrz/DiscordChatExporter), and the data package that
 * Discord provides on request.
 */
@NullMarked
package org.avatarengine.source.apps.discord;

import org.jspecify.annotations.NullMarked;
