package org.avatarengine.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.files.WholeFile;

/** The secret that a request must contain. */
public final class AccessToken {
    private static final int BYTES = 32;

    private final byte[] token;

    private AccessToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the token from a file. If the file does not exist, creates it with a new token; only the user can read it.
     *
     * @throws ConfigException if the file cannot be read or written, or does not contain a valid token
     */
    public static AccessToken in(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                WholeFile.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
            }
            String token = Files.readString(file).strip();
            if (token.length() < BYTES) {
                throw new ConfigException(
                        file + " does not contain a valid token. Delete the file and start again to create a new one.",
                        null);
            }
            return new AccessToken(token);
        } catch (IOException e) {
            throw new ConfigException("Cannot read or write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Compares in constant time, so that the duration reveals nothing about the token. */
    boolean matches(String other) {
        return MessageDigest.isEqual(token, other.getBytes(StandardCharsets.UTF_8));
    }

    /** The token, to show to the user. */
    public String text() {
        return new String(token, StandardCharsets.UTF_8);
    }
}
