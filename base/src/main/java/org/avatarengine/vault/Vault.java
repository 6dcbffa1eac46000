package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.FreeSpace;
import org.avatarengine.files.WholeFile;
import org.avatarengine.progress.Progress;

/**
 * Locks a data folder, which turns its contents into one sealed file, and unlocks it. If the process dies meanwhile,
 * the folder is either unchanged or locked, and the same command continues. No other process may use the folder
 * meanwhile.
 */
public final class Vault {
    private static final String LOCKED = "locked.avatar";
    private static final String OPENING = ".unlocking";
    private static final String REKEYED = LOCKED + ".new";

    /** The names of files and folders that a lock, or an interrupted one, leaves in the data folder. */
    static final Set<String> NAMES = Set.of(LOCKED, OPENING, REKEYED, LOCKED + ".part", REKEYED + ".part");

    private final Path folder;
    private final DataFolder data;

    public Vault(Path folder) {
        this.folder = folder;
        this.data = new DataFolder(folder);
    }

    /** Whether the folder is locked. */
    public boolean isLocked() {
        return Files.exists(folder.resolve(LOCKED));
    }

    /** The kind of secret that opens it. */
    public String secret() {
        return SealedFile.secretOf(folder.resolve(LOCKED));
    }

    /**
     * Locks the folder: encrypts its contents, verifies the encrypted file, and only then removes the unencrypted data.
     *
     * @throws VaultException when locking failed; the folder is then unchanged
     */
    public SealedFile.Contents lock(Secret secret, Clock clock, Progress progress) {
        if (isLocked()) {
            throw new VaultException("The store is already locked.", null);
        }
        try {
            List<Path> files = data.files(DataFolder.Operation.LOCK);
            if (files.isEmpty()) {
                throw new VaultException("Nothing to lock: " + folder + " is empty.", null);
            }
            requireRoom(files);
            SealedFile.Contents sealed =
                    SealedFile.write(folder, files, folder.resolve(LOCKED), secret, clock, progress);
            removeOpen();
            return sealed;
        } catch (IOException e) {
            throw new VaultException("Cannot lock " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    /** Removes unencrypted data that a dead process left beside the sealed file. */
    public void removeOpen() {
        try {
            for (Path entry : data.entries(DataFolder.Operation.LOCK)) {
                FileTree.delete(entry);
            }
        } catch (IOException e) {
            throw new VaultException(
                    "The store is encrypted, but some unencrypted data could not be removed: " + e.getMessage()
                            + ". Run `avatar lock` again.",
                    e);
        }
    }

    /**
     * Unlocks the folder.
     *
     * @throws VaultException when the secret is wrong or unlocking failed; the folder then stays locked
     */
    public void unlock(Secret secret, Progress progress) {
        Path opening = folder.resolve(OPENING);
        try {
            FileTree.delete(opening);
            SealedFile.extract(folder.resolve(LOCKED), secret, opening, progress);
            try (Stream<Path> entries = Files.list(opening)) {
                for (Path entry : entries.toList()) {
                    Path place = folder.resolve(entry.getFileName().toString());
                    FileTree.delete(place);
                    Files.move(entry, place);
                }
            }
            Files.delete(folder.resolve(LOCKED));
            FileTree.delete(opening);
        } catch (IOException e) {
            throw new VaultException("Cannot unlock " + folder + ": " + e.getMessage() + ".", e);
        } finally {
            removeQuietly(opening);
        }
    }

    /**
     * Re-encrypts a locked folder with new keys and another secret. Meanwhile, unencrypted data is only in a folder
     * that only the owner can access; that folder is then removed.
     */
    public void rekey(Secret before, Secret now, Clock clock, Progress progress) {
        Path opening = folder.resolve(OPENING);
        Path fresh = folder.resolve(REKEYED);
        try {
            FileTree.delete(opening);
            SealedFile.extract(folder.resolve(LOCKED), before, opening, progress);
            SealedFile.write(
                    opening, new DataFolder(opening).files(DataFolder.Operation.LOCK), fresh, now, clock, progress);
            WholeFile.publish(fresh, folder.resolve(LOCKED));
        } catch (IOException e) {
            throw new VaultException("Cannot re-encrypt " + folder + ": " + e.getMessage() + ".", e);
        } finally {
            removeQuietly(opening);
        }
    }

    static void removeQuietly(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            System.getLogger(Vault.class.getName())
                    .log(System.Logger.Level.ERROR, "Cannot remove unencrypted data. Delete this folder: {0}", folder);
        }
    }

    private void requireRoom(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        long free = FreeSpace.bytes(folder);
        if (free < bytes) {
            throw new VaultException(
                    "Locking needs up to " + (bytes >> 20) + " MiB of temporary space. The disk with " + folder
                            + " has " + (free >> 20) + " MiB free. Free some space.",
                    null);
        }
    }
}
