package org.avatarengine.speech.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.digest.DigestUtils;
import org.avatarengine.failure.MediaException;
import org.avatarengine.files.WholeFile;
import tools.jackson.databind.json.JsonMapper;

/**
 * The voiceprints of people: embeddings by a speaker encoder, one file per person, encrypted with AES-256-GCM and the
 * owner's key. A voiceprint is biometric data: it is stored only for people who agreed, and deleted with one call.
 */
public final class Voiceprints {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Path folder;
    private final SecretKeySpec key;

    /** @param key 32 bytes */
    public Voiceprints(Path folder, byte[] key) {
        this.folder = folder;
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * A voice.
     *
     * @param encoder the name of the speaker encoder; voices of different encoders cannot be compared
     * @param seconds the length of the speech it was computed from
     */
    public record Voiceprint(String person, String encoder, double seconds, double[] vector) {
        /** The cosine similarity of two voices, from -1 to 1. */
        public double likeness(double[] other) {
            double dot = 0;
            double own = 1e-12;
            double others = 1e-12;
            for (int d = 0; d < vector.length; d++) {
                dot += vector[d] * other[d];
                own += vector[d] * vector[d];
                others += other[d] * other[d];
            }
            return dot / Math.sqrt(own * others);
        }
    }

    private Path file(String person) {
        // The name of a file does not reveal the person.
        return folder.resolve(DigestUtils.sha256Hex(person).substring(0, 32) + ".voice");
    }

    public void put(Voiceprint voiceprint) {
        try {
            Files.createDirectories(folder);
            byte[] nonce = new byte[NONCE];
            new SecureRandom().nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(JsonMapper.shared().writeValueAsBytes(voiceprint));
            WholeFile.write(
                    file(voiceprint.person),
                    ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The voice could not be encrypted.", e);
        }
    }

    public List<Voiceprint> all() {
        List<Voiceprint> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.voice")) {
                for (Path file : files) {
                    all.add(open(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private Voiceprint open(Path file) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            byte[] nonce = new byte[NONCE];
            bytes.get(nonce);
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            return JsonMapper.shared().readValue(cipher.doFinal(sealed), Voiceprint.class);
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            throw new MediaException(
                    file + " is not a voice that this key opens: restore voice.key, or delete the file.", e);
        }
    }

    /** Deletes a person's voiceprint. Returns whether there was one. */
    public boolean delete(String person) {
        try {
            return Files.deleteIfExists(file(person));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
