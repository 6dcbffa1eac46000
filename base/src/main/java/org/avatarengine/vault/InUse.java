package org.avatarengine.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a data folder: shared by processes that use it, or exclusive for a process that must be the only one. It is
 * a file lock, which the operating system releases when a process dies. On volumes without file locks it has no effect.
 */
public final class InUse implements AutoCloseable {
    /** The file's name in the data folder. */
    static final String FILE = ".in-use";

    /** The locks of this process. The operating system has one lock per process, not per caller. */
    private static final Map<Path, InUse> HELD = new HashMap<>();

    private final Path file;
    private final @Nullable FileChannel channel;
    private int holders = 1;

    private InUse(Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the shared lock.
     *
     * @throws VaultException when another process holds the exclusive lock
     */
    public static InUse together(Path data) {
        synchronized (HELD) {
            Path file = data.toAbsolutePath().normalize().resolve(FILE);
            InUse held = HELD.get(file);
            if (held == null) {
                held = take(file, true);
                HELD.put(file, held);
            } else {
                held.holders++;
            }
            return held;
        }
    }

    /**
     * Takes the exclusive lock, so that no other process uses the folder.
     *
     * @throws VaultException when another process uses the folder
     */
    public static InUse alone(Path data) {
        synchronized (HELD) {
            Path file = data.toAbsolutePath().normalize().resolve(FILE);
            if (HELD.containsKey(file)) {
                throw busy();
            }
            InUse held = take(file, false);
            HELD.put(file, held);
            return held;
        }
    }

    private static InUse take(Path file, boolean shared) {
        Path data = file.getParent();
        if (data == null || holdsNothing(data)) {
            return new InUse(file, null); // the folder has no data yet
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            PrivateFiles.tighten(file);
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return new InUse(file, channel);
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            return new InUse(file, null); // a read-only volume, or one without locks
        }
        throw busy();
    }

    private static boolean holdsNothing(Path data) {
        if (!Files.isDirectory(data)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(data)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return true; // the code that uses the folder will report the error
        }
    }

    private static VaultException busy() {
        return new VaultException(
                "Another avatar command is using the data. Wait until it has finished, or stop it.", null);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger(InUse.class.getName()).log(System.Logger.Level.WARNING, "Cannot close a lock file");
            }
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (--holders == 0) {
                HELD.remove(file);
                closeQuietly(channel);
            }
        }
    }
}
