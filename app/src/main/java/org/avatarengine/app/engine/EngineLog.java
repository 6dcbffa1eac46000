package org.avatarengine.app.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file with what an engine has to report. Engines append to it. */
final class EngineLog {
    private static final long LONGEST_BYTES = 1 << 20;
    private static final int KEPT_LINES = 1_000;

    private EngineLog() {}

    /** Keeps only the end of a log that has become long. The process writes to the file, so it stays the same file. */
    static void shorten(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > LONGEST_BYTES) {
            List<String> lines = Files.readAllLines(file);
            Files.write(file, lines.subList(Math.max(0, lines.size() - KEPT_LINES), lines.size()));
        }
    }
}
