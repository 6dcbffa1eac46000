package org.avatarengine.source.imessage;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.avatarengine.source.SourceException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an encrypted iOS backup: one per protection class, wrapped (RFC 3394) with a key derived from the
 * passphrase. The format is a list of entries with four letters, a length and a value. Entries before the second {@code
 * UUID} apply to the whole bag, the others to one class each. Apple describes the concept in its Platform Security
 * Guide, "Keybags for Data Protection".
 */
final class BackupKeyBag {
    private static final int KEY_BYTES = 32;

    /** The bit of {@code WRAP} for a class key that is wrapped with the passphrase's key. */
    private static final int BY_PASSPHRASE = 2;

    /** The maximum of rounds; more would take hours. Phones use 10,000,000. */
    private static final int MOST_ROUNDS = 100_000_000;

    private final Map<String, byte[]> attributes = new HashMap<>();
    private final Map<Integer, Map<String, byte[]>> classes = new HashMap<>();
    private final Map<Integer, byte[]> keys = new HashMap<>();

    /** @throws SourceException when the key bag is damaged */
    static BackupKeyBag read(byte[] bytes) throws SourceException {
        BackupKeyBag bag = new BackupKeyBag();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Map<String, byte[]> into = bag.attributes;
        try {
            while (in.remaining() >= 8) {
                byte[] tag = new byte[4];
                in.get(tag);
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw damaged(null);
                }
                byte[] value = new byte[length];
                in.get(value);
                String name = new String(tag, StandardCharsets.US_ASCII);
                if (name.equals("UUID") && into.containsKey("UUID")) {
                    into = new HashMap<>();
                }
                into.put(name, value);
                if (name.equals("CLAS")) {
                    bag.classes.put(ByteBuffer.wrap(value).getInt(), into);
                }
            }
        } catch (BufferUnderflowException e) {
            throw damaged(e);
        }
        return bag;
    }

    private static SourceException damaged(@Nullable Exception cause) {
        return new SourceException("The backup's list of keys (Manifest.plist) is damaged. Make a new backup.", cause);
    }

    private byte[] attribute(String name) throws SourceException {
        byte[] value = attributes.get(name);
        if (value == null) {
            throw damaged(null);
        }
        return value;
    }

    private int rounds(String name) throws SourceException {
        byte[] value = attribute(name);
        int rounds = value.length == 4 ? ByteBuffer.wrap(value).getInt() : 0;
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw damaged(null);
        }
        return rounds;
    }

    /**
     * Unwraps the keys. Takes some seconds by design.
     *
     * @throws SourceException when the passphrase is wrong
     */
    void unlock(char[] passphrase) throws SourceException {
        byte[] first;
        try {
            first = attributes.containsKey("DPSL")
                    ? SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(
                                    new PBEKeySpec(passphrase, attribute("DPSL"), rounds("DPIC"), KEY_BYTES * 8))
                            .getEncoded()
                    : new String(passphrase).getBytes(StandardCharsets.UTF_8); // before iOS 10.2
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        PKCS5S2ParametersGenerator second = new PKCS5S2ParametersGenerator(new SHA1Digest());
        second.init(first, attribute("SALT"), rounds("ITER"));
        byte[] key = ((KeyParameter) second.generateDerivedParameters(KEY_BYTES * 8)).getKey();
        for (Map.Entry<Integer, Map<String, byte[]>> one : classes.entrySet()) {
            byte[] wrap = one.getValue().get("WRAP");
            byte[] wrapped = one.getValue().get("WPKY");
            if (wrap != null
                    && wrap.length == 4
                    && wrapped != null
                    && (ByteBuffer.wrap(wrap).getInt() & BY_PASSPHRASE) != 0) {
                keys.put(one.getKey(), unwrap(key, wrapped));
            }
        }
        if (keys.isEmpty()) {
            throw damaged(null);
        }
    }

    /**
     * Unwraps the key of one file.
     *
     * @param wrapped the protection class in four bytes, little-endian, then the wrapped key
     */
    byte[] fileKey(byte[] wrapped) throws SourceException {
        if (wrapped.length < 4) {
            throw damaged(null);
        }
        int protection = ByteBuffer.wrap(wrapped).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] key = keys.get(protection);
        if (key == null) {
            throw new SourceException(
                    "A file of the backup is encrypted with a key that the passphrase does not unlock.");
        }
        return unwrap(key, Arrays.copyOfRange(wrapped, 4, wrapped.length));
    }

    private static byte[] unwrap(byte[] key, byte[] wrapped) throws SourceException {
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(key, "AES"));
            return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
        } catch (InvalidKeyException e) {
            throw new SourceException(
                    "This is not the passphrase of the iOS backup."
                            + " Use the passphrase that you chose in Finder or iTunes when you turned on encryption.",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
