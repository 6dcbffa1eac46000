package org.avatarengine.vault;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * A data folder that can be locked: all in it becomes one sealed file, and back. A process that dies on the way leaves the
 * folder either as it was or locked; the same command then goes on. Nobody may work in the folder meanwhile.
 */
public final class Vault {
    private static final String LOCKED = "locked.avatar";
    private static final String OPENING = ".unlocking";

    /** What holds nothing of anybody and can be made again. */
    private static final Set<String> LEFT = Set.of("tools", InUse.FILE);

    private final Path folder;

    public Vault(Path folder) {
        this.folder = folder;
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
     * Locks the folder: seals all in it, reads that back, and only then removes what is not encrypted.
     *
     * @throws VaultException when it could not be done; the folder is then as it was
     */
    public SealedFile.Contents lock(Secret secret, Clock clock, Progress progress) {
        if (isLocked()) {
            throw new VaultException("The store is locked already.", null);
        }
        try {
            List<Path> files = files(folder);
            if (files.isEmpty()) {
                throw new VaultException("There is nothing in " + folder + " to lock.", null);
            }
            requireRoom(files);
            SealedFile.Contents sealed =
                    SealedFile.write(folder, files, folder.resolve(LOCKED), secret, clock, progress);
            removeOpen();
            return sealed;
        } catch (IOException e) {
            throw new VaultException(folder + " could not be locked: " + e.getMessage() + ".", e);
        }
    }

    /** Removes what a process that died left unencrypted beside the sealed file. */
    public void removeOpen() {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(LOCKED) && !LEFT.contains(name)) {
                    delete(entry);
                }
            }
        } catch (IOException e) {
            throw new VaultException(
                    "The store is encrypted, but not all that is not encrypted could be removed: " + e.getMessage()
                            + ". Run avatar lock again.",
                    e);
        }
    }

    /**
     * Unlocks the folder.
     *
     * @throws VaultException when the secret is another, or it could not be done; the folder is then locked as before
     */
    public void unlock(Secret secret, Progress progress) {
        Path opening = folder.resolve(OPENING);
        try {
            delete(opening);
            SealedFile.extract(folder.resolve(LOCKED), secret, opening, progress);
            try (Stream<Path> entries = Files.list(opening)) {
                for (Path entry : entries.toList()) {
                    Path place = folder.resolve(entry.getFileName().toString());
                    delete(place);
                    Files.move(entry, place);
                }
            }
            Files.delete(folder.resolve(LOCKED));
            delete(opening);
        } catch (IOException e) {
            throw new VaultException(folder + " could not be unlocked: " + e.getMessage() + ".", e);
        } finally {
            removeQuietly(opening);
        }
    }

    /**
     * Encrypts what is locked anew, with new keys and under another secret. Nothing is stored unencrypted on the way but in
     * a folder that only the owner can read, which is removed.
     */
    public void rekey(Secret before, Secret now, Clock clock, Progress progress) {
        Path opening = folder.resolve(OPENING);
        Path fresh = folder.resolve(LOCKED + ".new");
        try {
            delete(opening);
            SealedFile.extract(folder.resolve(LOCKED), before, opening, progress);
            SealedFile.write(opening, files(opening), fresh, now, clock, progress);
            Files.move(
                    fresh,
                    folder.resolve(LOCKED),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new VaultException(folder + " could not be encrypted anew: " + e.getMessage() + ".", e);
        } finally {
            removeQuietly(opening);
        }
    }

    static void removeQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            System.getLogger(Vault.class.getName())
                    .log(System.Logger.Level.ERROR, "Remove what is not encrypted by hand: {0}", folder);
        }
    }

    /** All files in a folder, in the order of their paths. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path ->
                            !LEFT.contains(folder.relativize(path).getName(0).toString()))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }

    private void requireRoom(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new VaultException(
                    "Locking needs up to " + (bytes >> 20) + " MiB for a while, and the disk that holds " + folder
                            + " has " + (free >> 20) + " MiB. Free some space.",
                    null);
        }
    }

    /** Removes a file, or a folder with all in it; links are removed, not followed. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
