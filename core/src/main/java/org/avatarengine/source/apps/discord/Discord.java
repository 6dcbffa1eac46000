package org.avatarengine.source.apps.discord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Asked;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes channels exported by DiscordChatExporter, and Discord's own data package, which holds the owner's part. */
public final class Discord implements App {
    private static final int LOOK = 8 << 10;
    private static final Pattern EXPORTER = Pattern.compile("\"guild\"\\s*:\\s*\\{[\\s\\S]*\"channel\"\\s*:\\s*\\{");
    private static final Pattern PACKAGE = Pattern.compile("(?i)(.*/)?messages/c?\\d+/messages\\.(json|csv)");

    @Override
    public String key() {
        return "discord";
    }

    @Override
    public String name() {
        return "Discord export";
    }

    @Override
    public @Nullable Export recognize(Archive archive, Asked asked) throws SourceException, IOException {
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
        List<Archive.Entry> channels = new ArrayList<>();
        for (Archive.Entry entry : archive.entries()) {
            if (entry.endsWith(".json")) {
                String head = new String(archive.head(entry, LOOK), StandardCharsets.UTF_8);
                if (EXPORTER.matcher(head).find()) {
                    channels.add(entry);
                }
            }
        }
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
