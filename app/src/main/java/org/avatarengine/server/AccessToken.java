package org.avatarengine.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.avatarengine.failure.ConfigException;
import org.avatarengine.vault.PrivateFiles;

/** The secret that a request has to bring. */
public final class AccessToken {
    private static final int BYTES = 32;

    private final byte[] token;

    private AccessToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The token that a file holds; if there is none, a new one is made, which only the owner of the file can read.
     *
     * @throws ConfigException when the file cannot be used
     */
    public static AccessToken in(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
            }
            String token = Files.readString(file).strip();
            if (token.length() < BYTES) {
                throw new ConfigException(
                        file + " holds no token that is long enough. Remove it, and a new one is made.", null);
            }
            return new AccessToken(token);
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Whether it is the same; how long that takes says nothing about the token. */
    boolean matches(String other) {
        return MessageDigest.isEqual(token, other.getBytes(StandardCharsets.UTF_8));
    }

    /** The token itself, to be shown to the user. */
    public String text() {
        return new String(token, StandardCharsets.UTF_8);
    }
}
