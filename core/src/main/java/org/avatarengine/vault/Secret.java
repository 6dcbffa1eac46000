package org.avatarengine.vault;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What opens a sealed file: something its owner knows, or a key that is kept for them. */
public sealed interface Secret {
    /** Bytes of a key: AES-256. */
    int KEY_BYTES = 32;

    /** The kind, as the header of a sealed file names it. */
    String kind();

    /** The key that a passphrase or a kept key comes to. */
    byte[] key(Stretching stretching);

    /**
     * How a passphrase is made a key, so that guessing one is costly.
     *
     * @param memoryKib how much memory a guess takes
     * @param passes over that memory
     * @param lanes of it
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
                throw new IllegalArgumentException("stretching out of bounds");
            }
        }

        /** The second recommended option of RFC 9106 (section 4): 64 MiB, three passes, four lanes. */
        static Stretching with(byte[] salt) {
            return new Stretching(1 << 16, 3, 4, salt);
        }
    }

    /** Something that the owner knows. */
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

    /** A random key of 32 bytes that the system's keychain keeps. */
    record Kept(byte[] bytes) implements Secret {
        public Kept {
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
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
