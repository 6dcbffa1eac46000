package org.avatarengine.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** Secrets of 32 bytes: made once, kept in the data folder, readable by its owner only. */
final class KeyFile {
    private static final int BYTES = 32;

    private KeyFile() {}

    /** @param without what becomes of it when the key is another one, for the error message */
    static byte[] in(Path dataFolder, String name, String without) {
        Path file = dataFolder.resolve(name);
        try {
            Files.createDirectories(dataFolder);
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new InputException(file + " is damaged: it must hold " + BYTES
                        + " bytes. Restore it from a backup; " + without + ".");
            }
            return key;
        } catch (IOException e) {
            throw new InputException("Cannot use " + file + ": " + e.getMessage() + ".");
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, mode);
            Files.write(file, key, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            // Another process was first; its key is as good.
        }
    }
}
