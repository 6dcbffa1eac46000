package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.PrivateFiles;

/**
 * Deletes the contents of a data folder. Each part is first moved aside within the folder, atomically, and then
 * deleted. If the process dies, no part is left incomplete, and another run deletes the rest. No other process may use
 * the folder meanwhile.
 */
public final class Reset {
    /** Where parts are moved before they are deleted. */
    static final String ASIDE = ".resetting";

    private final Path data;

    /** @param data the data folder */
    public Reset(Path data) {
        this.data = data;
    }

    /** A file or folder to delete, with its contents. */
    public record Part(String name, int files, long bytes) {}

    /** The parts that would be deleted, by name. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        try {
            for (Path entry : entries()) {
                int files = 0;
                long bytes = 0;
                try (Stream<Path> tree = Files.walk(entry)) {
                    for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                        files++;
                        bytes += Files.size(file);
                    }
                }
                parts.add(new Part(entry.getFileName().toString(), files, bytes));
            }
        } catch (IOException e) {
            throw new VaultException("Cannot read " + data + ": " + e.getMessage() + ".", e);
        }
        return parts;
    }

    private List<Path> entries() throws IOException {
        return new DataFolder(data).entries(DataFolder.Operation.RESET);
    }

    /**
     * Deletes all parts. Files that this program did not make stay.
     *
     * @throws VaultException when something could not be deleted
     */
    public void run() {
        try {
            Path aside = data.resolve(ASIDE);
            FileTree.delete(aside);
            List<Path> entries = entries();
            PrivateFiles.folder(aside);
            for (Path entry : entries) {
                Files.move(entry, aside.resolve(entry.getFileName()));
            }
            FileTree.delete(aside);
        } catch (IOException e) {
            throw new VaultException(
                    "Some data could not be deleted: " + e.getMessage() + ". Run `avatar reset` again.", e);
        }
    }
}
