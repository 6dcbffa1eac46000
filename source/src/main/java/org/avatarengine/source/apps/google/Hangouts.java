package org.avatarengine.source.apps.google;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes {@code Hangouts.json}, the Takeout format before Hangouts became Google Chat. */
public final class Hangouts {
    private static final int LOOK = 16 << 10;
    private static final Pattern CONTENT = Pattern.compile(
            "\"(conversations|conversation_state)\"\\s*:\\s*\\[[\\s\\S]*\"(conversation_id|self_conversation_state)\"");

    /** A kind of export. */
    public static final App APP = new App("hangouts", "Hangouts Takeout", Hangouts::recognize);

    private Hangouts() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked) throws IOException {
        List<Archive.Entry> files = archive.beginning(
                entry -> entry.endsWith("hangouts.json")
                        || entry.endsWith(".json") && archive.entries().size() == 1,
                LOOK,
                head -> CONTENT.matcher(head).find());
        return files.isEmpty()
                ? null
                : telling -> {
                    for (Archive.Entry file : files) {
                        new HangoutsReader(archive, file, asked.normalizer()).tell(telling);
                    }
                };
    }
}
