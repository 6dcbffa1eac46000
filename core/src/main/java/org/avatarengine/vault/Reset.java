package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;

/**
 * Empties a data folder. What goes is first put aside within the folder, each part in one step, and then deleted, so a
 * process that dies leaves nothing half there; run it again to delete the rest. Nobody may work in the folder meanwhile.
 */
public final class Reset {
    private static final String ASIDE = ".resetting";

    /** What is the user's own wish, tells what was done, or holds nothing of anybody. */
    private static final Set<String> KEPT =
            Set.of("config.toml", "prices.json", "audit.jsonl", "backups.jsonl", "tools", "models-speech", InUse.FILE);

    private final Path data;

    /** @param data the data folder */
    public Reset(Path data) {
        this.data = data;
    }

    /** A file or folder of the data folder that goes, with what is in it. */
    public record Part(String name, int files, long bytes) {}

    /** What would go, in the order of names. */
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
            throw new VaultException(data + " cannot be read: " + e.getMessage() + ".", e);
        }
        return parts;
    }

    private List<Path> entries() throws IOException {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(data)) {
            return entries.filter(entry -> !KEPT.contains(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Deletes it.
     *
     * @throws VaultException when something could not be deleted
     */
    public void run() {
        try {
            Path aside = data.resolve(ASIDE);
            Vault.delete(aside);
            List<Path> entries = entries();
            PrivateFiles.folder(aside);
            for (Path entry : entries) {
                Files.move(entry, aside.resolve(entry.getFileName()));
            }
            Vault.delete(aside);
        } catch (IOException e) {
            throw new VaultException("Not all could be deleted: " + e.getMessage() + ". Run avatar reset again.", e);
        }
    }
}
