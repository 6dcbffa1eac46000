package org.avatarengine.app.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option {@code --force}: a command that writes to a file or folder of the user replaces nothing without it. */
public final class OutputFile {
    @Option(names = "--force", description = "Replace an existing file. Default: refuse to.")
    boolean force;

    /**
     * Checks that a place is free to be written to.
     *
     * @throws InputException when something is there and {@code --force} was not given
     */
    public void require(Path place) {
        if (!force && isTaken(place)) {
            throw new InputException(place + " already exists. Add --force to replace it, or choose another name.");
        }
    }

    /** Whether writing to a place would replace something: a file, or the files in a folder. */
    public static boolean isTaken(Path place) {
        if (!Files.isDirectory(place)) {
            return Files.exists(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            throw new InputException("Cannot read the folder " + place + ": " + e.getMessage() + ".");
        }
    }
}
