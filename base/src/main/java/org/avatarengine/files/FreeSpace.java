package org.avatarengine.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room on the volume that holds a file or folder. */
public final class FreeSpace {
    private FreeSpace() {}

    /** How many bytes this user can still write there. */
    public static long bytes(Path existing) throws IOException {
        return Files.getFileStore(existing).getUsableSpace();
    }
}
