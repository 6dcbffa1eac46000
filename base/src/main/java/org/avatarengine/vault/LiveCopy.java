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
import org.avatarengine.files.FileTree;
import org.avatarengine.files.FreeSpace;
import org.avatarengine.files.PrivateFiles;

/**
 * A consistent copy of a data folder in use. It is made inside that folder, with access for the owner only. The caller
 * must pause writes to the graph meanwhile. SQLite copies its own files. All other files are complete, because the
 * program writes them under a temporary name and then renames them.
 */
public final class LiveCopy {
    private static final String PREFIX = "copy-";
    private static final String SQLITE = "SQLite format 3";

    private LiveCopy() {}

    /**
     * Copies everything that belongs in a backup.
     *
     * @return the folder of the copy; the caller must {@link #remove} it
     * @throws VaultException when there is too little space, or a file cannot be read
     */
    public static Path take(Path data) {
        Path copy = null;
        try {
            Path work = data.resolve(DataFolder.Content.WORK.fileName());
            PrivateFiles.folder(work);
            removeOld(work);
            List<Path> files = new DataFolder(data).files(DataFolder.Operation.BACKUP);
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
            throw new VaultException("Cannot copy the data: " + e.getMessage() + ".", e);
        }
    }

    private static void copy(Path file, Path target) throws IOException, SQLException {
        String name = file.getFileName().toString();
        if (name.endsWith(".part") || name.endsWith("-wal") || name.endsWith("-shm")) {
            return; // unfinished, or an auxiliary file of SQLite
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
            return; // the file was replaced or removed meanwhile, which is allowed
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
        long free = FreeSpace.bytes(data);
        if (free < bytes) {
            throw new VaultException(
                    "A backup while `avatar serve` runs needs " + (bytes >> 20) + " MiB of temporary space. The disk"
                            + " with " + data + " has " + (free >> 20) + " MiB free. Free some space,"
                            + " or stop `avatar serve` first.",
                    null);
        }
    }

    /** Removes copies that were left behind. */
    private static void removeOld(Path work) throws IOException {
        try (Stream<Path> entries = Files.list(work)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(PREFIX)) {
                    FileTree.delete(entry);
                }
            }
        }
    }

    /** Removes a copy. */
    public static void remove(Path copy) {
        Vault.removeQuietly(copy);
    }
}
