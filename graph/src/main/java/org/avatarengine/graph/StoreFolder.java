package org.avatarengine.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import org.avatarengine.failure.GraphException;
import org.avatarengine.files.FileTree;
import org.avatarengine.files.FreeSpace;
import org.avatarengine.files.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds an embedded graph: its files, its lock, the marker of an incomplete store, and the errors when
 * the folder cannot be used.
 */
record StoreFolder(Path path) {
    /** With less free space, not even one page of a store can be written. */
    private static final long LEAST_ROOM_BYTES = 1 << 16;

    /** The marker file that exists while the offline importer runs. */
    private static final String FILLING = "filling";

    /** The file that Neo4j locks while it has the store open. */
    private static final String STORE_LOCK = "data/databases/store_lock";

    /** Creates the folder if it does not exist, with access for its owner only. */
    void create() {
        try {
            PrivateFiles.folder(path);
        } catch (IOException e) {
            throw new GraphException(
                    "Cannot create the graph's folder " + path + ": " + e.getMessage()
                            + ". Choose another folder with --data.",
                    e);
        }
    }

    /** Records that the offline importer is about to write the store. */
    void markFilling() throws IOException {
        Files.createFile(path.resolve(FILLING));
    }

    /** Records that the store is complete. */
    void markFilled() throws IOException {
        Files.deleteIfExists(path.resolve(FILLING));
    }

    void removeStore() throws IOException {
        for (String part : Compaction.PARTS) {
            FileTree.delete(path.resolve(part).resolve(EmbeddedGraph.DATABASE));
        }
    }

    /** Removes an incomplete store that a dead process left behind, unless another process is still writing it. */
    void removeHalfFilled() {
        Path marker = path.resolve(FILLING);
        if (!Files.exists(marker)) {
            return;
        }
        unlessOpen(() -> {
            removeStore();
            Files.deleteIfExists(path.resolve(OfflineImport.LINKS));
            Files.delete(marker);
        });
    }

    /** Continues a compaction that a dead process left behind, unless another process has the store open. */
    void completeCompaction() {
        if (Compaction.isLeft(path)) {
            unlessOpen(() -> Compaction.complete(path));
        }
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    /** Changes the store's files while their lock is held; does nothing while a process has the store open. */
    private void unlessOpen(Change change) {
        try (FileChannel lock = FileChannel.open(
                        path.resolve(STORE_LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.tryLock()) {
            if (held != null) {
                change.make();
            }
        } catch (OverlappingFileLockException e) {
            // This process has the store open; Neo4j will report it.
        } catch (IOException e) {
            throw cannotOpen(new UncheckedIOException(e));
        }
    }

    /** Checks that no process has the graph open. */
    void requireClosed() {
        Path lock = path.resolve(STORE_LOCK);
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw inUse(null);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(e);
        } catch (IOException e) {
            throw cannotOpen(new UncheckedIOException(e));
        }
    }

    boolean hasRoom() {
        try {
            return FreeSpace.bytes(path) >= LEAST_ROOM_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    GraphException cannotOpen(@Nullable RuntimeException cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            String text = String.valueOf(e.getMessage());
            if (e.getClass().getSimpleName().contains("FileLock") || text.contains("lock file")) {
                return inUse(cause);
            }
            if (text.contains("No space left")) {
                return diskFull(cause);
            }
            if (text.contains("Read-only file system") || e instanceof ReadOnlyFileSystemException) {
                return new GraphException(
                        "The graph at " + path + " is on a read-only disk. Make the disk writable, or copy the data"
                                + " folder to another one and give it with --data.",
                        cause);
            }
            if (e instanceof AccessDeniedException) {
                return new GraphException(
                        "No permission to use " + e.getMessage()
                                + ". Check the owner and the access rights of the data folder.",
                        cause);
            }
        }
        return damaged(cause);
    }

    /** The store was changed by something else than this program, or its disk is faulty. */
    GraphException damaged(@Nullable RuntimeException cause) {
        return new GraphException(
                "The graph at " + path + " is damaged. Run `avatar doctor --repair` to see what can be repaired.",
                cause);
    }

    GraphException notStored(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof GraphException known) {
                return known; // thrown by the gate and wrapped by Neo4j
            }
            if (String.valueOf(cause.getMessage()).contains("No space left")) {
                return diskFull(e);
            }
        }
        return new GraphException("The graph cannot store a batch: " + EmbeddedGraph.firstLine(e.getMessage()), e);
    }

    GraphException diskFull(@Nullable Throwable cause) {
        return new GraphException(
                "The disk that holds " + path
                        + " is full. All data stored before is safe. Free some space and run the same command again.",
                cause);
    }

    private GraphException inUse(@Nullable RuntimeException cause) {
        return new GraphException(
                "The graph at " + path + " is in use by another avatar process."
                        + " Wait until it has finished, or stop it, then run the command again.",
                cause);
    }
}
