package org.avatarengine.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header of a sealed file: everything needed to open it except the secret. Each file has a new random key, which is
 * encrypted with the key derived from the secret.
 *
 * @param secret the kind of secret that opens it
 * @param id the random id of the file
 * @param wrapped a nonce of 12 bytes, then the file's key encrypted with AES-256-GCM
 */
record Header(String format, Instant made, String secret, Secret.Stretching stretching, byte[] id, byte[] wrapped) {
    static final String FORMAT = "avatar-sealed/1";

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    /** A new key and the header that contains it, encrypted. */
    record Fresh(Header header, byte[] key) {}

    static Fresh seal(Secret secret, Instant now, SecureRandom random) throws GeneralSecurityException {
        byte[] salt = random(random, 16);
        byte[] id = random(random, 16);
        byte[] key = random(random, Secret.KEY_BYTES);
        byte[] nonce = random(random, NONCE);
        Secret.Stretching stretching = Secret.Stretching.with(salt);
        Header bare = new Header(FORMAT, now, secret.kind(), stretching, id, new byte[0]);
        byte[] sealed =
                bare.cipher(Cipher.ENCRYPT_MODE, secret.key(stretching), nonce).doFinal(key);
        byte[] wrapped = ByteBuffer.allocate(NONCE + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return new Fresh(new Header(FORMAT, now, secret.kind(), stretching, id, wrapped), key);
    }

    /**
     * Decrypts the file's key.
     *
     * @throws WrongSecretException when the secret is another, or the header was changed
     */
    byte[] open(Secret with) throws GeneralSecurityException {
        if (!with.kind().equals(secret) || wrapped.length <= NONCE) {
            throw new WrongSecretException();
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, with.key(stretching), Arrays.copyOf(wrapped, NONCE))
                    .doFinal(wrapped, NONCE, wrapped.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new WrongSecretException();
        }
    }

    /** The wrapped key's tag also authenticates the rest of the header. */
    private Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        String plain = String.join(
                "|",
                format,
                made.toString(),
                secret,
                String.valueOf(stretching.memoryKib()),
                String.valueOf(stretching.passes()),
                String.valueOf(stretching.lanes()));
        cipher.updateAAD(plain.getBytes(StandardCharsets.UTF_8));
        cipher.updateAAD(stretching.salt());
        cipher.updateAAD(id);
        return cipher;
    }

    /** The associated data of the content, which binds the content to this file. */
    byte[] binding() {
        byte[] format = FORMAT.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(format.length + id.length)
                .put(format)
                .put(id)
                .array();
    }

    private static byte[] random(SecureRandom random, int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return some;
    }
}
