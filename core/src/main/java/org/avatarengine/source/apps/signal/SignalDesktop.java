package org.avatarengine.source.apps.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Asked;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes the chat history that Signal Desktop exports: {@code main.jsonl}, and a folder with media. */
public final class SignalDesktop implements App {
    private static final int LOOK = 4 << 10;

    @Override
    public String key() {
        return "signal";
    }

    @Override
    public String name() {
        return "Signal chat history";
    }

    @Override
    public @Nullable Export recognize(Archive archive, Asked asked) throws IOException {
        for (Archive.Entry entry : archive.entries()) {
            if (entry.endsWith(".jsonl")) {
                String head = new String(archive.head(entry, LOOK), StandardCharsets.UTF_8);
                if (head.lines().findFirst().orElse("").contains("\"backupTimeMs\"")) {
                    return telling -> new SignalReader(archive, entry, asked.normalizer()).tell(telling);
                }
            }
        }
        return null;
    }
}
