package org.avatarengine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFileTest {
    private static final Secret SECRET = new Secret.Kept(new byte[Secret.KEY_BYTES]);
    private static final String TEXT = "meet me at the lake";

    @TempDir
    Path folder;

    private Path root;
    private Path sealed;

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        sealed = folder.resolve("sealed.avatar");
        Files.createDirectories(root.resolve("deep/er"));
        Files.writeString(root.resolve("deep/er/letter.txt"), TEXT);
        Files.write(root.resolve("empty"), new byte[0]);
        byte[] large = new byte[3_000_000]; // several segments
        new Random(1).nextBytes(large);
        Files.write(root.resolve("large ü.bin"), large);
    }

    private SealedFile.Contents seal(Secret secret) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
            return SealedFile.write(root, files, sealed, secret, Clock.systemUTC(), Progress.SILENT);
        }
    }

    @Test
    void sealedFilesAreRestoredForTheirOwnerOnly() throws Exception {
        Secret.Passphrase secret = new Secret.Passphrase("correct horse".toCharArray());
        SealedFile.Contents contents = seal(secret);
        assertThat(contents.digests()).containsOnlyKeys("deep/er/letter.txt", "empty", "large ü.bin");
        assertThat(contents.bytes()).isEqualTo(3_000_000 + TEXT.length());
        assertThat(SealedFile.secretOf(sealed)).isEqualTo("passphrase");
        assertThat(SealedFile.check(sealed, secret, Progress.SILENT)).isEqualTo(contents);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sealed)))
                .isEqualTo("rw-------");
        Path out = folder.resolve("out");
        SealedFile.extract(sealed, secret, out, Progress.SILENT);
        assertThat(out.resolve("deep/er/letter.txt")).hasContent(TEXT);
        assertThat(Files.mismatch(out.resolve("large ü.bin"), root.resolve("large ü.bin")))
                .isEqualTo(-1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("deep"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("empty"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theFileContainsNoPlainText() throws Exception {
        seal(SECRET);
        String bytes = new String(Files.readAllBytes(sealed), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("lake", "letter", "large");
    }

    @Test
    void aWrongSecretDoesNotOpenTheFile() throws Exception {
        seal(new Secret.Passphrase("correct horse".toCharArray()));
        for (Secret other : List.of(new Secret.Passphrase("correct horsf".toCharArray()), SECRET)) {
            assertThatThrownBy(() -> SealedFile.extract(sealed, other, folder.resolve("out"), Progress.SILENT))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("is wrong, or the file was changed");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** A change of any byte is detected: in the header, in each segment, and in the last one. */
    @Test
    void aChangedFileIsRefused() throws Exception {
        seal(SECRET);
        byte[] good = Files.readAllBytes(sealed);
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int at = i < 150 ? random.nextInt(600) : random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(sealed, bad);
            assertThatThrownBy(() -> SealedFile.check(sealed, SECRET, Progress.SILENT))
                    .as("byte %d", at)
                    .isInstanceOf(VaultException.class);
        }
    }

    @Test
    void aShortenedOrExtendedFileIsRefused() throws Exception {
        seal(SECRET);
        byte[] good = Files.readAllBytes(sealed);
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            int length = i < 50 ? random.nextInt(700) : random.nextInt(good.length);
            Files.write(sealed, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> SealedFile.check(sealed, SECRET, Progress.SILENT))
                    .as("%d bytes", length)
                    .isInstanceOf(VaultException.class);
        }
        Files.write(sealed, Arrays.copyOf(good, good.length + 1));
        assertThatThrownBy(() -> SealedFile.check(sealed, SECRET, Progress.SILENT))
                .isInstanceOf(VaultException.class);
    }

    @Test
    void noFileIsExtractedOutsideTheFolder() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "x");
        SealedFile.write(root, List.of(outside), sealed, SECRET, Clock.systemUTC(), Progress.SILENT);
        Path out = folder.resolve("a/out");
        assertThatThrownBy(() -> SealedFile.extract(sealed, SECRET, out, Progress.SILENT))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("outside");
        assertThat(folder.resolve("a/outside")).doesNotExist();
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> seal(SECRET))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("link");
        assertThat(sealed).doesNotExist();
        assertThat(folder.resolve("sealed.avatar.part")).doesNotExist();
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        Files.writeString(sealed, "SQLite format 3");
        assertThatThrownBy(() -> SealedFile.secretOf(sealed)).hasMessageContaining("is not an encrypted file");
    }

    /** A test vector of the reference implementation (phc-winner-argon2, src/test.c). */
    @Test
    void argon2idDerivesTheKeyFromAPassphrase() {
        byte[] key = new Secret.Passphrase("password".toCharArray())
                .key(new Secret.Stretching(1 << 16, 2, 1, "somesalt".getBytes(StandardCharsets.US_ASCII)));
        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void excessiveKeyDerivationParametersAreRefused() {
        byte[] salt = new byte[16];
        assertThatThrownBy(() -> new Secret.Stretching(1 << 30, 3, 4, salt))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Secret.Stretching(1 << 16, 1000, 4, salt))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Secret.Stretching(1 << 16, 3, 1000, salt))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
