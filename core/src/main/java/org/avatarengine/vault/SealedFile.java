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
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.avatarengine.progress.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Folders in one encrypted file: a magic line, the length of the header and the {@link Header} as JSON, then a ZIP stream
 * under AES-256-GCM in segments of 1 MiB, each with a key derived for this file (Tink's AES-GCM-HKDF streaming AEAD). What
 * is changed, moved, cut off or put together from two files does not open.
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
     * What a sealed file holds.
     *
     * @param digests the SHA-256 of each file, by its path within the folder with {@code /} between
     * @param bytes of all files
     */
    public record Contents(Map<String, String> digests, long bytes) {}

    /** Takes what is read out of a sealed file. */
    private interface Sink {
        OutputStream file(String path) throws IOException;
    }

    private SealedFile() {}

    /**
     * Seals files. The file appears under its name only when all is in it, stored on the disk, and read back right.
     *
     * @param root what paths are relative to
     * @param files below it; links are refused
     * @throws VaultException when something cannot be read or written; nothing is then at {@code to} that was not before
     */
    public static Contents write(Path root, List<Path> files, Path to, Secret secret, Clock clock, Progress progress) {
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Contents written = seal(root, files, part, secret, clock, progress);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (!check(part, secret, progress).equals(written)) {
                throw new VaultException(to + " does not read back as it was written. Check the disk.", null);
            }
            Files.move(part, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return written;
        } catch (IOException e) {
            throw new VaultException(to + " could not be written: " + e.getMessage() + ".", e);
        } catch (GeneralSecurityException e) {
            throw new VaultException(to + " could not be encrypted: " + e.getMessage() + ".", e);
        } finally {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                System.getLogger(SealedFile.class.getName())
                        .log(System.Logger.Level.WARNING, "An unfinished file is left at {0}", part);
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
                    throw new IOException(one + " is no regular file, and links are not followed");
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
     * Reads a sealed file to its end without storing anything.
     *
     * @return what is in it
     * @throws VaultException when it is damaged, or opens with another secret only
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
     * Unseals into a folder that is empty or does not exist. Files and folders can be read by their owner only.
     *
     * @throws VaultException when the file is damaged, opens with another secret only, or cannot be stored
     */
    public static void extract(Path sealed, Secret secret, Path folder, Progress progress) {
        Path root = folder.toAbsolutePath().normalize();
        read(sealed, secret, progress, "decrypting", path -> {
            Path file = root.resolve(path).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException("it holds a file that would lie outside of the folder");
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
            throw new VaultException(sealed + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Header header(Path sealed, DataInputStream in) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new VaultException(sealed + " is no sealed file of this program.", null);
        }
        int length = in.readInt();
        if (length < 2 || length > LONGEST_HEADER) {
            throw damaged(sealed, null);
        }
        try {
            Header header = JSON.readValue(in.readNBytes(length), Header.class);
            if (header == null || !header.format().equals(Header.FORMAT)) {
                throw new VaultException(sealed + " was made by a newer program. Install that one.", null);
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
                // The end of the stream is authentic only once it is reached.
                content.transferTo(OutputStream.nullOutputStream());
            }
            return bytes;
        } catch (WrongSecretException e) {
            throw new VaultException(
                    sealed + " does not open: the " + secret.kind() + " is another one, or the file was changed.", e);
        } catch (GeneralSecurityException e) {
            throw damaged(sealed, e);
        } catch (IOException e) {
            throw isDamage(e)
                    ? damaged(sealed, e)
                    : new VaultException(sealed + " could not be read: " + e.getMessage() + ".", e);
        }
    }

    /** Tink tells a segment that is not authentic by an IOException. */
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
