package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.files.WholeFile;
import org.avatarengine.progress.Progress;
import org.avatarengine.vault.DataFolder.Operation;

/**
 * Replaces the contents of a data folder with a backup. The backup is decrypted and verified beside the data first. Then
 * the present data is moved aside, the new data takes its place, and the old is deleted. If the process dies before the
 * new data is complete, nothing has changed; later, {@link #complete} does the rest. Files that this program did not make
 * stay as they are. No other process may use the folder meanwhile.
 */
public final class Restore {
    /** The decrypted backup, complete, while the present data is moved aside. */
    private static final String FRESH = ".restoring";

    /** The decrypted backup, once the present data has been moved aside. */
    private static final String MOVING = ".restored";

    private static final String OLD = ".replaced";

    /** The names of folders that an interrupted restore leaves in the data folder. */
    static final Set<String> NAMES = Set.of(FRESH, FRESH + ".part", MOVING, OLD);

    private final DataFolder data;

    public Restore(DataFolder data) {
        this.data = data;
    }

    private Path at(String name) {
        return data.path().resolve(name);
    }

    /**
     * Restores a backup.
     *
     * @param replace whether existing data may be replaced
     * @throws VaultException when the restore failed; the data is then unchanged, or {@link #complete} finishes it
     */
    public void run(Path from, Secret secret, boolean replace, Progress progress) {
        Path part = WholeFile.part(at(FRESH));
        try {
            complete();
            if (!replace && !present().isEmpty()) {
                throw new VaultException(
                        data.path() + " holds data. Add --replace to replace it with the backup, or choose another"
                                + " folder with --data.",
                        null);
            }
            PrivateFiles.folder(data.path());
            FileTree.delete(part);
            SealedFile.extract(from, secret, part, progress);
            WholeFile.publish(part, at(FRESH));
            complete();
        } catch (IOException e) {
            throw new VaultException("Cannot restore " + from + ": " + e.getMessage() + ".", e);
        } finally {
            Vault.removeQuietly(part);
        }
    }

    /** Whether a restore was interrupted after the backup had been decrypted and verified. */
    public boolean isInterrupted() {
        return Files.isDirectory(at(FRESH)) || Files.isDirectory(at(MOVING));
    }

    /**
     * Finishes an interrupted restore; does nothing if there is none.
     *
     * @throws IOException when a file cannot be moved; another call continues
     */
    public void complete() throws IOException {
        if (Files.isDirectory(at(FRESH))) {
            moveAside();
            Files.move(at(FRESH), at(MOVING));
        }
        if (Files.isDirectory(at(MOVING))) {
            for (Path entry : entries(at(MOVING))) {
                Path place = at(entry.getFileName().toString());
                if (!Files.exists(place)
                        || DataFolder.contentOf(place.getFileName().toString()) != null) {
                    FileTree.delete(place);
                    Files.move(entry, place);
                }
            }
            FileTree.delete(at(MOVING));
        }
        FileTree.delete(at(OLD));
    }

    private void moveAside() throws IOException {
        PrivateFiles.folder(at(OLD));
        List<Path> moved = new ArrayList<>();
        try {
            for (Path entry : present()) {
                Path aside = at(OLD).resolve(entry.getFileName());
                FileTree.delete(aside);
                Files.move(entry, aside);
                moved.add(entry);
            }
        } catch (IOException e) {
            for (Path entry : moved) {
                Files.move(at(OLD).resolve(entry.getFileName()), entry);
            }
            FileTree.delete(at(FRESH));
            throw e;
        }
    }

    /** The data that a backup replaces, locked or not. */
    private List<Path> present() throws IOException {
        List<Path> present = new ArrayList<>(data.entries(Operation.BACKUP));
        if (Files.isDirectory(data.path())) {
            entries(data.path()).stream()
                    .filter(entry -> Vault.NAMES.contains(entry.getFileName().toString()))
                    .forEach(present::add);
        }
        return present;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
