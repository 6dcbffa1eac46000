package org.avatarengine.vault;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.files.PrivateFiles;
import org.avatarengine.files.WholeFile;
import org.avatarengine.progress.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder in one encrypted file: a magic line, the length of the header and the {@link Header} as JSON, then a ZIP
 * stream under AES-256-GCM in segments of 1 MiB, each with a key derived for this file (Tink's AES-GCM-HKDF streaming
 * AEAD). A file that was changed, reordered, cut off or combined from two files cannot be opened.
 *
 * @see <a href="https://developers.google.com/tink/streaming-aead/aes_gcm_hkdf_streaming">the encryption</a>
 */
public final class SealedFile {
    private static final byte[] MAGIC = "AVATAR-SEALED\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int SEGMENT = 1 << 20;
    private static final int BUFFER = 1 << 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * The contents of a sealed file.
     *
     * @param digests the SHA-256 of each file, by its path in the folder, separated by {@code /}
     * @param bytes the total size of all files
     */
    public record Contents(Map<String, String> digests, long bytes) {}

    /** Receives the files of a sealed file. */
    private interface Sink {
        OutputStream file(String path) throws IOException;
    }

    private SealedFile() {}

    /**
     * Seals files. The sealed file gets its name only after it is complete, flushed to the disk and verified.
     *
     * @param root the folder that paths are relative to
     * @param files files below it; links are refused
     * @throws VaultException when a file cannot be read or written; {@code to} is then unchanged
     */
    public static Contents write(Path root, List<Path> files, Path to, Secret secret, Clock clock, Progress progress) {
        Path part = WholeFile.part(to);
        try {
            Contents written = seal(root, files, part, secret, clock, progress);
            if (!check(part, secret, progress).equals(written)) {
                throw new VaultException(to + " differs from what was written. Check the disk.", null);
            }
            WholeFile.publish(part, to);
            return written;
        } catch (IOException e) {
            throw new VaultException("Cannot write " + to + ": " + e.getMessage() + ".", e);
        } catch (GeneralSecurityException e) {
            throw new VaultException("Cannot encrypt " + to + ": " + e.getMessage() + ".", e);
        } finally {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                System.getLogger(SealedFile.class.getName())
                        .log(System.Logger.Level.WARNING, "Cannot remove the unfinished file {0}", part);
            }
        }
    }

    private static Contents seal(Path root, List<Path> files, Path part, Secret secret, Clock clock, Progress progress)
            throws IOException, GeneralSecurityException {
        Header.Fresh fresh = Header.seal(secret, clock.instant(), new SecureRandom());
        Map<String, String> digests = new TreeMap<>();
        long bytes = 0;
        try (OutputStream file = new BufferedOutputStream(PrivateFiles.create(part), BUFFER)) {
            byte[] header = JSON.writeValueAsBytes(fresh.header());
            DataOutputStream data = new DataOutputStream(file);
            data.write(MAGIC);
            data.writeInt(header.length);
            data.write(header);
            data.flush();
            ZipOutputStream zip = new ZipOutputStream(
                    cipher(fresh.key()).newEncryptingStream(file, fresh.header().binding()));
            zip.setLevel(Deflater.BEST_SPEED);
            for (Path one : files) {
                String name = root.relativize(one).toString().replace('\\', '/');
                if (!Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(one + " is not a regular file, and links are not followed");
                }
                ZipEntry entry = new ZipEntry(name);
                entry.setLastModifiedTime(
                        FileTime.from(Files.getLastModifiedTime(one).toInstant()));
                zip.putNextEntry(entry);
                MessageDigest digest = sha256();
                DigestOutputStream to = new DigestOutputStream(zip, digest);
                bytes += Files.copy(one, to);
                zip.closeEntry();
                digests.put(name, HexFormat.of().formatHex(digest.digest()));
                progress.at("encrypting", digests.size(), files.size());
            }
            zip.close();
        }
        return new Contents(digests, bytes);
    }

    /**
     * Reads a sealed file completely without storing anything.
     *
     * @return its contents
     * @throws VaultException when the file is damaged, or the secret is wrong
     */
    public static Contents check(Path sealed, Secret secret, Progress progress) {
        Map<String, MessageDigest> digests = new TreeMap<>();
        long bytes = read(sealed, secret, progress, "reading", path -> {
            MessageDigest digest = sha256();
            digests.put(path, digest);
            return new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        });
        Map<String, String> found = new TreeMap<>();
        digests.forEach((path, digest) -> found.put(path, HexFormat.of().formatHex(digest.digest())));
        return new Contents(found, bytes);
    }

    /**
     * Extracts a sealed file to a folder that is empty or does not exist. Only the owner can access the extracted files
     * and folders.
     *
     * @throws VaultException when the file is damaged, the secret is wrong, or a file cannot be stored
     */
    public static void extract(Path sealed, Secret secret, Path folder, Progress progress) {
        Path root = folder.toAbsolutePath().normalize();
        read(sealed, secret, progress, "decrypting", path -> {
            Path file = root.resolve(path).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException("it contains a file with a path outside the folder");
            }
            Path parent = file.getParent();
            PrivateFiles.folder(parent == null ? root : parent);
            return PrivateFiles.create(file);
        });
    }

    /** The kind of secret that opens a sealed file. */
    public static String secretOf(Path sealed) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(sealed))) {
            return header(sealed, new DataInputStream(in)).secret();
        } catch (IOException e) {
            throw new VaultException("Cannot read " + sealed + ": " + e.getMessage() + ".", e);
        }
    }

    private static Header header(Path sealed, DataInputStream in) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new VaultException(sealed + " is not an encrypted file of this program.", null);
        }
        int length = in.readInt();
        if (length < 2 || length > LONGEST_HEADER) {
            throw damaged(sealed, null);
        }
        try {
            Header header = JSON.readValue(in.readNBytes(length), Header.class);
            if (header == null || !header.format().equals(Header.FORMAT)) {
                throw new VaultException(
                        sealed + " was made by a newer version of this program. Install the newer version.", null);
            }
            return header;
        } catch (JacksonException e) {
            throw damaged(sealed, e);
        }
    }

    private static VaultException damaged(Path sealed, @org.jspecify.annotations.Nullable Exception e) {
        return new VaultException(sealed + " is damaged: it was changed or cut off. Use another copy.", e);
    }

    private static long read(Path sealed, Secret secret, Progress progress, String stage, Sink sink) {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(sealed), BUFFER)) {
            Header header = header(sealed, new DataInputStream(file));
            byte[] key = header.open(secret);
            InputStream content = cipher(key).newDecryptingStream(file, header.binding());
            long bytes = 0;
            long done = 0;
            try (ZipInputStream zip = new ZipInputStream(content)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    try (OutputStream out = sink.file(entry.getName())) {
                        bytes += zip.transferTo(out);
                    }
                    progress.at(stage, ++done, -1);
                }
                // The stream is only authenticated after its end was read.
                content.transferTo(OutputStream.nullOutputStream());
            }
            return bytes;
        } catch (WrongSecretException e) {
            throw new VaultException(
                    "Cannot open " + sealed + ": the " + secret.kind() + " is wrong, or the file was changed.", e);
        } catch (GeneralSecurityException e) {
            throw damaged(sealed, e);
        } catch (IOException e) {
            throw isDamage(e)
                    ? damaged(sealed, e)
                    : new VaultException("Cannot read " + sealed + ": " + e.getMessage() + ".", e);
        }
    }

    /** Tink throws an IOException for a segment that is not authentic. */
    private static boolean isDamage(IOException e) {
        return e.getCause() instanceof GeneralSecurityException
                || e instanceof java.util.zip.ZipException
                || e instanceof java.io.EOFException
                || String.valueOf(e.getMessage()).contains("decrypt")
                || String.valueOf(e.getMessage()).contains("No matching key");
    }

    private static StreamingAead cipher(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", Secret.KEY_BYTES, SEGMENT, 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
