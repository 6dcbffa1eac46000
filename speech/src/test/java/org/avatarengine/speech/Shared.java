package org.avatarengine.speech;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Recordings to measure on, which are not part of the project. */
public final class Shared {
    private Shared() {}

    /** A file of them; the test that asks is skipped where it is absent. */
    public static Path recording(String name) {
        Path file = Path.of(System.getProperty("avatar.shared", "../shared"), "benchmarks", "ami", name);
        Assumptions.assumeTrue(Files.exists(file), "skipped: " + file + " is not here");
        return file;
    }
}
