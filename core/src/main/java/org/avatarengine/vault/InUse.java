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
import org.jspecify.annotations.Nullable;

/**
 * Tells processes that work on a data folder apart from one that must be alone in it, by a lock on a file that the
 * operating system drops when a process dies. Where a volume knows no locks nobody is kept out.
 */
public final class InUse implements AutoCloseable {
    /** The file's name in the data folder. */
    static final String FILE = ".in-use";

    /** What this process holds: the system counts locks by process, not by who asks within it. */
    private static final Map<Path, InUse> HELD = new HashMap<>();

    private final Path file;
    private final @Nullable FileChannel channel;
    private int holders = 1;

    private InUse(Path file, @Nullable FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Says that this process works on the folder, beside others.
     *
     * @throws VaultException when another process has to be alone in it
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
     * Makes sure that nobody else works on the folder, and that nobody begins to.
     *
     * @throws VaultException when somebody does
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
            return new InUse(file, null); // there is nothing to work on yet
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
            return new InUse(file, null); // read-only, or a volume that knows no locks
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
            return true; // whoever works in it will tell
        }
    }

    private static VaultException busy() {
        return new VaultException(
                "Another avatar command works on the data. Wait until it has finished, or stop it.", null);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger(InUse.class.getName())
                        .log(System.Logger.Level.WARNING, "A lock file could not be closed");
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
