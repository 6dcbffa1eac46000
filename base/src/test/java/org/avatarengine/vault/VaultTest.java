package org.avatarengine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final Secret SECRET = new Secret.Kept(new byte[Secret.KEY_BYTES]);
    private static final Secret OTHER = new Secret.Kept(
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2
            });

    @TempDir
    Path folder;

    private Vault vault;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("graph/data"));
        Files.writeString(folder.resolve("graph/data/store"), "what people wrote");
        Files.writeString(folder.resolve("api-token"), "secret");
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(folder.resolve("tools/ffmpeg"), "a program");
        vault = new Vault(folder);
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void lock() {
        vault.lock(SECRET, Clock.systemUTC(), Progress.SILENT);
    }

    @Test
    void lockingLeavesOneFileAndUnlockingRestoresAll() throws Exception {
        lock();
        assertThat(vault.isLocked()).isTrue();
        assertThat(vault.secret()).isEqualTo("keychain");
        assertThat(entries()).containsExactly("locked.avatar", "tools");
        vault.unlock(SECRET, Progress.SILENT);
        assertThat(vault.isLocked()).isFalse();
        assertThat(entries()).containsExactly("api-token", "graph", "tools");
        assertThat(folder.resolve("graph/data/store")).hasContent("what people wrote");
    }

    @Test
    void aWrongSecretLeavesTheFolderLocked() throws Exception {
        lock();
        assertThatThrownBy(() -> vault.unlock(OTHER, Progress.SILENT)).isInstanceOf(VaultException.class);
        assertThat(entries()).containsExactly("locked.avatar", "tools");
        vault.unlock(SECRET, Progress.SILENT);
    }

    @Test
    void anUnreadableFileLeavesTheFolderUnlocked() throws Exception {
        Files.createSymbolicLink(folder.resolve("graph/link"), folder.resolve("api-token"));
        assertThatThrownBy(this::lock).isInstanceOf(VaultException.class);
        assertThat(vault.isLocked()).isFalse();
        assertThat(entries()).containsExactly("api-token", "graph", "tools");
    }

    /** A process that died between sealing and removing leaves both. The sealed file is then the valid one. */
    @Test
    void lockingContinuesAfterACrash() throws Exception {
        lock();
        Files.writeString(folder.resolve("voice.key"), "unencrypted");
        assertThatThrownBy(this::lock).hasMessageContaining("already locked");
        vault.removeOpen();
        assertThat(entries()).containsExactly("locked.avatar", "tools");
        vault.unlock(SECRET, Progress.SILENT);
        assertThat(folder.resolve("graph/data/store")).hasContent("what people wrote");
    }

    /** A process that died while it moved files into place leaves the folder locked, with some files in place. */
    @Test
    void unlockingContinuesAfterACrash() throws Exception {
        lock();
        Files.createDirectories(folder.resolve(".unlocking/graph"));
        Files.createDirectories(folder.resolve("graph/data"));
        Files.writeString(folder.resolve("graph/data/store"), "half of wh");
        assertThat(vault.isLocked()).isTrue();
        vault.unlock(SECRET, Progress.SILENT);
        assertThat(entries()).containsExactly("api-token", "graph", "tools");
        assertThat(folder.resolve("graph/data/store")).hasContent("what people wrote");
    }

    @Test
    void afterRekeyingOnlyTheNewSecretOpensIt() throws Exception {
        lock();
        byte[] before = Files.readAllBytes(folder.resolve("locked.avatar"));
        vault.rekey(SECRET, OTHER, Clock.systemUTC(), Progress.SILENT);
        assertThat(entries()).containsExactly("locked.avatar", "tools");
        assertThat(Files.readAllBytes(folder.resolve("locked.avatar"))).isNotEqualTo(before);
        assertThatThrownBy(() -> vault.unlock(SECRET, Progress.SILENT)).isInstanceOf(VaultException.class);
        vault.unlock(OTHER, Progress.SILENT);
        assertThat(folder.resolve("api-token")).hasContent("secret");
    }

    @Test
    void anEmptyFolderIsNotLocked() throws Exception {
        Vault empty = new Vault(Files.createDirectories(folder.resolve("tools/empty")));
        assertThatThrownBy(() -> empty.lock(SECRET, Clock.systemUTC(), Progress.SILENT))
                .hasMessageContaining("Nothing to lock");
        assertThat(empty.isLocked()).isFalse();
    }
}
