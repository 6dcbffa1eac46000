package org.avatarengine.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;

/**
 * A copy of a data folder in which a program is at work, within that folder and for its owner only. Whoever holds the
 * graph has to keep it still meanwhile; SQLite's files are copied by SQLite; all other files of the program are written
 * beside and then put in place, so each of them is whole.
 */
public final class LiveCopy {
    private static final String PREFIX = "copy-";
    private static final String SQLITE = "SQLite format 3";

    private LiveCopy() {}

    /**
     * Copies all that belongs into a backup.
     *
     * @return where the copy is; who takes it removes it
     * @throws VaultException when there is no room, or a file cannot be read
     */
    public static Path take(Path data) {
        Path copy = null;
        try {
            Path work = data.resolve("work");
            PrivateFiles.folder(work);
            removeOld(work);
            List<Path> files = Backup.files(data);
            requireRoom(data, files);
            copy = Files.createTempDirectory(work, PREFIX);
            for (Path file : files) {
                Path target = copy.resolve(data.relativize(file));
                PrivateFiles.folder(Objects.requireNonNullElse(target.getParent(), copy));
                copy(file, target);
            }
            return copy;
        } catch (IOException | SQLException e) {
            if (copy != null) {
                Vault.removeQuietly(copy);
            }
            throw new VaultException("The data could not be copied: " + e.getMessage() + ".", e);
        }
    }

    private static void copy(Path file, Path target) throws IOException, SQLException {
        String name = file.getFileName().toString();
        if (name.endsWith(".part") || name.endsWith("-wal") || name.endsWith("-shm")) {
            return; // half-written, or a part of an SQLite file
        }
        try {
            if (isSqlite(file)) {
                try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + file);
                        PreparedStatement whole = source.prepareStatement("VACUUM INTO ?")) {
                    whole.setString(1, target.toString());
                    whole.execute();
                }
            } else {
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (NoSuchFileException e) {
            return; // it was replaced or removed meanwhile, as whoever works in the folder may do
        }
    }

    private static boolean isSqlite(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(SQLITE.length());
            return new String(head, StandardCharsets.ISO_8859_1).equals(SQLITE);
        }
    }

    private static void requireRoom(Path data, List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        long free = Files.getFileStore(data).getUsableSpace();
        if (free < bytes) {
            throw new VaultException(
                    "A backup while avatar serve runs needs " + (bytes >> 20) + " MiB for a while, and the disk that"
                            + " holds " + data + " has " + (free >> 20) + " MiB. Free some space, or stop it first.",
                    null);
        }
    }

    /** Removes copies that nobody took away. */
    private static void removeOld(Path work) throws IOException {
        try (Stream<Path> entries = Files.list(work)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(PREFIX)) {
                    Vault.delete(entry);
                }
            }
        }
    }

    /** Removes a copy that was taken. */
    public static void remove(Path copy) {
        Vault.removeQuietly(copy);
    }
}
