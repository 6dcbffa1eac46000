package org.avatarengine.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and folders that only their owner can read, from their first byte on; where the file system knows owners. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    private static boolean hasOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Begins a new file, in place of one that is there. */
    static OutputStream create(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (hasOwners(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.newOutputStream(file, StandardOpenOption.WRITE);
        }
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    }

    /** Writes a new file, in place of one that is there. */
    public static void write(Path file, String text) throws IOException {
        try (OutputStream out = create(file)) {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    /** Makes a folder and those above it that are missing. */
    public static void folder(Path folder) throws IOException {
        if (hasOwners(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /**
     * Takes from others what they may do with a file or folder that is there; what lies in a folder is out of their reach
     * then, too. What belongs to somebody else cannot be changed and is left alone.
     *
     * @return whether nobody but the owner can reach it now
     */
    public static boolean tighten(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(path) || !hasOwners(path)) {
            return true;
        }
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(path);
        Set<PosixFilePermission> own = EnumSet.copyOf(OWNERS);
        own.retainAll(allowed);
        if (own.equals(allowed)) {
            return true;
        }
        try {
            Files.setPosixFilePermissions(path, own);
            return true;
        } catch (FileSystemException e) {
            return false; // EPERM: it belongs to somebody else, or the volume knows no permissions
        }
    }
}
