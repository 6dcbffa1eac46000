package org.avatarengine.app.services;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.avatarengine.files.PrivateFiles;

/** Secrets of 32 bytes that are created once and kept in the data folder, readable by its owner only. */
public final class KeyFile {
    private static final int BYTES = 32;

    private KeyFile() {}

    /** @param otherKey a sentence for the error message: what happens with a different key */
    public static byte[] in(Path file, String otherKey) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new InputException(
                        file + " is damaged: it must hold " + BYTES + " bytes. Restore it from a backup. " + otherKey);
            }
            return key;
        } catch (IOException e) {
            throw new InputException("Cannot read or create " + file + ": " + e.getMessage() + ".");
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        try {
            PrivateFiles.createEmpty(file);
            Files.write(file, key, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its key is used.
        }
    }
}
