package org.avatarengine.speech;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Recordings for measurements, which are not part of the project. */
public final class Shared {
    private Shared() {}

    /** One of the files. If it is missing, the calling test is skipped. */
    public static Path recording(String name) {
        Path file = Path.of(System.getProperty("avatar.shared", "../shared"), "benchmarks", "ami", name);
        Assumptions.assumeTrue(Files.exists(file), "skipped: " + file + " is not here");
        return file;
    }
}
