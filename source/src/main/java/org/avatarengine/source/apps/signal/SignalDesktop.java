package org.avatarengine.source.apps.signal;

import java.io.IOException;
import java.util.List;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes the chat history that Signal Desktop exports: {@code main.jsonl}, and a folder with media. */
public final class SignalDesktop {
    private static final int LOOK = 4 << 10;

    /** A kind of export. */
    public static final App APP = new App("signal", "Signal chat history", SignalDesktop::recognize);

    private SignalDesktop() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked) throws IOException {
        List<Archive.Entry> files = archive.beginning(
                entry -> entry.endsWith(".jsonl"),
                LOOK,
                head -> head.lines().findFirst().orElse("").contains("\"backupTimeMs\""));
        return files.isEmpty()
                ? null
                : telling -> new SignalReader(archive, files.getFirst(), asked.normalizer()).tell(telling);
    }
}
