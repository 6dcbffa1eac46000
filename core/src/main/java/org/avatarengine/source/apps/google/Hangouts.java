package org.avatarengine.source.apps.google;

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

/** Recognizes {@code Hangouts.json}, which Takeout gave until Hangouts became Google Chat. */
public final class Hangouts implements App {
    private static final int LOOK = 16 << 10;
    private static final Pattern CONTENT = Pattern.compile(
            "\"(conversations|conversation_state)\"\\s*:\\s*\\[[\\s\\S]*\"(conversation_id|self_conversation_state)\"");

    @Override
    public String key() {
        return "hangouts";
    }

    @Override
    public String name() {
        return "Hangouts Takeout";
    }

    @Override
    public @Nullable Export recognize(Archive archive, Asked asked) throws SourceException, IOException {
        List<Archive.Entry> files = new ArrayList<>();
        for (Archive.Entry entry : archive.entries()) {
            boolean candidate = entry.endsWith(".json")
                    && (entry.fileName().equalsIgnoreCase("Hangouts.json")
                            || archive.entries().size() == 1);
            if (candidate
                    && CONTENT.matcher(new String(archive.head(entry, LOOK), StandardCharsets.UTF_8))
                            .find()) {
                files.add(entry);
            }
        }
        return files.isEmpty()
                ? null
                : telling -> {
                    for (Archive.Entry file : files) {
                        new HangoutsReader(archive, file, asked.normalizer()).tell(telling);
                    }
                };
    }
}
