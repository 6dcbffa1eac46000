package org.avatarengine.vault;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The secret that opens a sealed file: a passphrase, or a key in the keychain. */
public sealed interface Secret {
    /** The length of a key in bytes: AES-256. */
    int KEY_BYTES = 32;

    /** The kind, as named in the header of a sealed file. */
    String kind();

    /** Derives the encryption key. */
    byte[] key(Stretching stretching);

    /**
     * The parameters for deriving a key from a passphrase. They make guessing expensive.
     *
     * @param memoryKib the memory per guess, in KiB
     * @param passes the number of passes over that memory
     * @param lanes the number of lanes
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106, Argon2</a>
     */
    record Stretching(int memoryKib, int passes, int lanes, byte[] salt) {
        private static final int MOST_MEMORY_KIB = 1 << 20;
        private static final int MOST_PASSES = 20;
        private static final int MOST_LANES = 16;

        public Stretching {
            if (memoryKib < 8 * lanes
                    || memoryKib > MOST_MEMORY_KIB
                    || passes < 1
                    || passes > MOST_PASSES
                    || lanes < 1
                    || lanes > MOST_LANES
                    || salt.length < 8) {
                throw new IllegalArgumentException("key derivation parameters out of range");
            }
        }

        /** The second recommended option of RFC 9106 (section 4): 64 MiB, three passes, four lanes. */
        static Stretching with(byte[] salt) {
            return new Stretching(1 << 16, 3, 4, salt);
        }
    }

    /** A passphrase that the owner knows. */
    record Passphrase(char[] characters) implements Secret {
        @Override
        public String kind() {
            return "passphrase";
        }

        @Override
        public byte[] key(Stretching stretching) {
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(stretching.memoryKib)
                    .withIterations(stretching.passes)
                    .withParallelism(stretching.lanes)
                    .withSalt(stretching.salt)
                    .build());
            byte[] key = new byte[KEY_BYTES];
            argon2.generateBytes(characters, key);
            return key;
        }
    }

    /** A random key of 32 bytes, stored in the system's keychain. */
    record Kept(byte[] bytes) implements Secret {
        public Kept {
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException("a key must have " + KEY_BYTES + " bytes");
            }
        }

        @Override
        public String kind() {
            return "keychain";
        }

        @Override
        public byte[] key(Stretching stretching) {
            return bytes.clone();
        }
    }
}
