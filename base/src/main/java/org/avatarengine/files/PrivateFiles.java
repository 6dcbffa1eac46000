package org.avatarengine.files;

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

/** Files and folders that only their owner can read, from the first byte on, on file systems that have owners. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    private static boolean hasOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Opens a new file for writing. A file of that name is deleted. */
    public static OutputStream create(Path file) throws IOException {
        Files.deleteIfExists(file);
        createEmpty(file);
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }

    /**
     * Creates an empty file.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it exists
     */
    public static void createEmpty(Path file) throws IOException {
        if (hasOwners(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    /** Creates a folder and the missing folders above it. */
    public static void folder(Path folder) throws IOException {
        if (hasOwners(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /**
     * Removes the permissions of everybody but the owner from a file or folder. Nobody else can then reach what a folder
     * holds. What belongs to another user cannot be changed and is left as it is.
     *
     * @return whether only the owner can reach it now
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
            return false; // EPERM: it belongs to another user, or the volume has no permissions
        }
    }

    /** Whether other users of this computer may reach a file or folder. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        return hasOwners(path) && !OWNERS.containsAll(Files.getPosixFilePermissions(path));
    }
}
