package org.avatarengine.source.imessage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.FreeSpace;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.source.SourceException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * A private, consistent copy of an SQLite database that another program may be changing. The original is only read.
 * Queries and new indexes use the copy, which {@link #close} deletes.
 *
 * <p>A database in use, which has a write-ahead log and its shared index on a local disk, is copied with SQLite's
 * backup API, which takes a read lock. In all other cases nobody is writing, or locks are not reliable (network
 * volumes). The database and its log are then copied as files, and copied again if they changed meanwhile.
 */
final class Snapshot implements AutoCloseable {
    private static final int COPY_ATTEMPTS = 5;
    private static final long MIN_SPARE_BYTES = 64L << 20;

    /** What SQLite needs beside the database: the write-ahead log, or the journal of an interrupted transaction. */
    private static final List<String> LOGS = List.of("-wal", "-journal");

    private final Path folder;
    private final Path database;
    private final Method method;

    /** The method of copying. */
    enum Method {
        BACKUP,
        FILE_COPY,
        NETWORK_COPY
    }

    private Snapshot(Path folder, Path database, Method method) {
        this.folder = folder;
        this.database = database;
        this.method = method;
    }

    /**
     * Copies a database.
     *
     * @param original the database file
     * @param workFolder the folder for the copy; created if it does not exist, accessible to its owner only
     * @throws SourceException when the original cannot be read, or there is too little space for the copy
     */
    static Snapshot of(Path original, Path workFolder) throws SourceException {
        Path folder = null;
        try {
            Files.createDirectories(workFolder);
            deleteStale(workFolder);
            requireReadable(original);
            folder = temporary(workFolder);
            Path copy = folder.resolve("copy.db");
            requireRoom(original, folder);
            Method method = take(original, copy);
            return new Snapshot(folder, copy, method);
        } catch (AccessDeniedException e) {
            delete(folder);
            throw notPermitted(original, e);
        } catch (NoSuchFileException e) {
            delete(folder);
            throw new SourceException("There is no file " + original + ". Specify the database with --db.", e);
        } catch (FileSystemException e) {
            delete(folder);
            String reason = String.valueOf(e.getReason());
            if (reason.contains("not permitted") || reason.contains("denied")) {
                throw notPermitted(original, e);
            }
            throw new SourceException("Cannot copy " + original + " into " + workFolder + ": " + reason + ".", e);
        } catch (IOException e) {
            delete(folder);
            throw new SourceException(
                    "Cannot copy " + original + " into " + workFolder + ": " + e.getMessage() + ".", e);
        } catch (SourceException e) {
            delete(folder);
            throw e;
        }
    }

    /** Creates a folder that only its owner can access. If this process is killed, a later run deletes the folder. */
    static Path temporary(Path workFolder) throws IOException {
        Path folder = Files.createTempDirectory(
                workFolder, "snapshot-" + ProcessHandle.current().pid() + "-");
        PrivateFiles.tighten(folder);
        return folder;
    }

    Path database() {
        return database;
    }

    Method method() {
        return method;
    }

    private static void requireReadable(Path original) throws IOException, SourceException {
        if (Files.isDirectory(original)) {
            throw new SourceException(original + " is a folder, not a database. Specify the chat.db file inside it.");
        }
        // Opens the file, because Files.isReadable does not detect the privacy protection of macOS.
        try (FileChannel channel = FileChannel.open(original, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                throw new SourceException(original + " is empty, so it is not a database. Copy it again.");
            }
        }
    }

    private static SourceException notPermitted(Path original, IOException cause) {
        return new SourceException(
                "No permission to read " + original
                        + ". On a Mac, open System Settings > Privacy & Security > Full Disk Access, turn it on for"
                        + " your terminal app, and restart the terminal. On other systems, check the file's owner"
                        + " and permissions.",
                cause);
    }

    private static void requireRoom(Path original, Path folder) throws IOException, SourceException {
        long need = Files.size(original) + sizeOrZero(sibling(original, "-wal")) + MIN_SPARE_BYTES;
        long free = FreeSpace.bytes(folder);
        if (free < need) {
            throw new SourceException("Not enough disk space to copy " + original + ": " + (need >> 20)
                    + " MiB needed, " + (free >> 20) + " MiB free in " + folder.getParent()
                    + ". Free some space or choose another folder with --data.");
        }
    }

    private static Method take(Path original, Path copy) throws IOException, SourceException {
        if (FileSystems.isNetwork(original)) {
            copyFiles(original, copy);
            return Method.NETWORK_COPY;
        }
        boolean inUse = Files.exists(sibling(original, "-wal")) && Files.exists(sibling(original, "-shm"));
        if (inUse) {
            try {
                backup(original, copy);
                return Method.BACKUP;
            } catch (SQLException e) {
                // A read-only folder, or a permanent lock of a writer: the files can still be copied.
                Files.deleteIfExists(copy);
            }
        }
        copyFiles(original, copy);
        return Method.FILE_COPY;
    }

    private static void backup(Path original, Path copy) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(10_000);
        try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + original, config.toProperties())) {
            int code = source.unwrap(SQLiteConnection.class).getDatabase().backup("main", copy.toString(), null);
            if (code != SQLiteErrorCode.SQLITE_OK.code) {
                throw new SQLException("The backup ended with code " + code + ".");
            }
        }
    }

    private static void copyFiles(Path original, Path copy) throws IOException, SourceException {
        for (int attempt = 0; attempt < COPY_ATTEMPTS; attempt++) {
            List<Object> before = state(original);
            copyContent(original, copy);
            for (String log : LOGS) {
                if (Files.exists(sibling(original, log))) {
                    copyContent(sibling(original, log), sibling(copy, log));
                } else {
                    Files.deleteIfExists(sibling(copy, log));
                }
            }
            if (state(original).equals(before)) {
                return;
            }
        }
        throw new SourceException(
                original + " kept changing while it was copied. Quit Messages on that computer and try again.");
    }

    private static void copyContent(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            long size = in.size();
            for (long at = 0; at < size; ) {
                long moved = in.transferTo(at, size - at, out);
                if (moved <= 0) {
                    break;
                }
                at += moved;
            }
        }
    }

    private static List<Object> state(Path original) throws IOException {
        List<Object> state = new ArrayList<>(List.of(Files.size(original), Files.getLastModifiedTime(original)));
        for (String log : LOGS) {
            Path file = sibling(original, log);
            if (Files.exists(file)) {
                state.addAll(List.of(log, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return state;
    }

    private static long sizeOrZero(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static Path sibling(Path database, String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    /** Removes copies left behind by processes that were killed. */
    static void deleteStale(Path workFolder) throws IOException, SourceException {
        try (Stream<Path> entries = Files.list(workFolder)) {
            for (Path entry : entries.toList()) {
                String[] name = entry.getFileName().toString().split("-", 3);
                if (name.length == 3 && name[0].equals("snapshot") && !alive(name[1])) {
                    delete(entry);
                }
            }
        }
    }

    private static boolean alive(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid)).isPresent();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static void delete(@Nullable Path folder) throws SourceException {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new SourceException("Cannot delete the private copy " + folder + ". Delete the folder yourself.", e);
        }
    }

    @Override
    public void close() throws SourceException {
        delete(folder);
    }
}
