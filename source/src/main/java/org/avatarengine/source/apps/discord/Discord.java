package org.avatarengine.source.apps.discord;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes channels exported by DiscordChatExporter, and Discord's data package, which contains only the owner's
 * messages.
 */
public final class Discord {
    private static final int LOOK = 8 << 10;
    private static final Pattern EXPORTER = Pattern.compile("\"guild\"\\s*:\\s*\\{[\\s\\S]*\"channel\"\\s*:\\s*\\{");
    private static final Pattern PACKAGE = Pattern.compile("(?i)(.*/)?messages/c?\\d+/messages\\.(json|csv)");

    /** A kind of export. */
    public static final App APP = new App("discord", "Discord export", Discord::recognize);

    private Discord() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked) throws IOException {
        List<Archive.Entry> own = archive.entries().stream()
                .filter(entry -> PACKAGE.matcher(entry.name()).matches())
                .toList();
        if (!own.isEmpty() && own.stream().anyMatch(e -> archive.entry(e.folder() + "channel.json") != null)) {
            return telling -> {
                OwnPackage data = new OwnPackage(archive);
                data.introduce(telling);
                for (Archive.Entry entry : own) {
                    data.tell(entry, telling);
                }
            };
        }
        List<Archive.Entry> channels = archive.beginning(
                entry -> entry.endsWith(".json"),
                LOOK,
                head -> EXPORTER.matcher(head).find());
        if (channels.isEmpty()) {
            return null;
        }
        return telling -> {
            for (Archive.Entry channel : channels) {
                new Channel(archive, channel, asked).tell(telling);
            }
        };
    }
}
