/** Discord: the JSON of DiscordChatExporter (https://github.com/Tyrrrz/DiscordChatExporter), and the package that Discord sends who asks for their data. */
@NullMarked
package org.avatarengine.source.apps.discord;

import org.jspecify.annotations.NullMarked;
