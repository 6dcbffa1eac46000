package org.avatarengine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.failure.VaultException;
import org.avatarengine.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Secret SECRET = new Secret.Kept(new byte[Secret.KEY_BYTES]);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T18:30:15Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path data;
    private Path place;
    private Backup backup;

    @BeforeEach
    void fill() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        place = Files.createDirectories(folder.resolve("nas"));
        Files.createDirectories(data.resolve("graph"));
        Files.writeString(data.resolve("graph/store"), "first");
        Files.createDirectories(data.resolve("work"));
        Files.writeString(data.resolve("work/copy.db"), "made again by the next import");
        backup = new Backup(data);
    }

    private Backup.Made make() {
        return backup.make(place, SECRET, CLOCK, Progress.SILENT);
    }

    private List<String> beside() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aBackupIsListedAndRestoresTheData() throws Exception {
        Backup.Made made = make();
        assertThat(made.file()).endsWith("nas/avatar-20260301-183015.avatar");
        assertThat(made.files()).isEqualTo(1);
        assertThat(backup.all()).containsExactly(made);
        Files.writeString(data.resolve("graph/store"), "second");
        Files.writeString(data.resolve("graph/more"), "written after the backup");
        new Restore(new DataFolder(data)).run(Path.of(made.file()), SECRET, true, Progress.SILENT);
        assertThat(data.resolve("graph/store")).hasContent("first");
        assertThat(data.resolve("graph/more")).doesNotExist();
        assertThat(beside()).containsExactly("data", "nas");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("graph"))))
                .isEqualTo("rwx------");
    }

    @Test
    void existingDataIsOnlyReplacedOnRequest() throws Exception {
        Path file = Path.of(make().file());
        assertThatThrownBy(() -> new Restore(new DataFolder(data)).run(file, SECRET, false, Progress.SILENT))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("--replace");
        assertThatThrownBy(() -> backup.make(file, SECRET, CLOCK, Progress.SILENT))
                .hasMessageContaining("exists");
    }

    @Test
    void aDamagedBackupChangesNothing() throws Exception {
        Path file = Path.of(make().file());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
        Files.writeString(data.resolve("graph/store"), "second");
        assertThatThrownBy(() -> new Restore(new DataFolder(data)).run(file, SECRET, true, Progress.SILENT))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("damaged");
        assertThat(data.resolve("graph/store")).hasContent("second");
        assertThat(beside()).containsExactly("data", "nas");
    }

    @Test
    void aBackupInsideTheDataFolderIsRefused() {
        assertThatThrownBy(() -> backup.make(data.resolve("here.avatar"), SECRET, CLOCK, Progress.SILENT))
                .hasMessageContaining("outside");
        assertThatThrownBy(() -> backup.make(folder.resolve("gone/x.avatar"), SECRET, CLOCK, Progress.SILENT))
                .isInstanceOf(VaultException.class);
        assertThat(data.resolve("backups.jsonl")).doesNotExist();
    }

    @Test
    void filesOfOtherProgramsAreNeitherBackedUpNorReplaced() throws Exception {
        Files.writeString(data.resolve("notes.txt"), "the user's own");
        Backup.Made made = make();
        assertThat(made.files()).isEqualTo(1);
        Files.writeString(data.resolve("notes.txt"), "changed");
        new Restore(new DataFolder(data)).run(Path.of(made.file()), SECRET, true, Progress.SILENT);
        assertThat(data.resolve("notes.txt")).hasContent("changed");
    }

    /** What a process leaves that dies while it moves the old data aside, and later while it moves the new into place. */
    @Test
    void anInterruptedRestoreIsCompleted() throws Exception {
        Files.writeString(data.resolve("voice.key"), "old");
        Restore restore = new Restore(new DataFolder(data));
        assertThat(restore.isInterrupted()).isFalse();
        Files.createDirectories(data.resolve(".restoring/graph"));
        Files.writeString(data.resolve(".restoring/graph/store"), "new");
        Files.writeString(data.resolve(".restoring/api-token"), "new");
        Files.createDirectories(data.resolve(".replaced"));
        Files.move(data.resolve("graph"), data.resolve(".replaced/graph"));
        assertThat(restore.isInterrupted()).isTrue();
        restore.complete();
        assertThat(data.resolve("graph/store")).hasContent("new");
        assertThat(data.resolve("api-token")).hasContent("new");
        assertThat(data.resolve("voice.key")).doesNotExist();

        Files.createDirectories(data.resolve(".restored"));
        Files.move(data.resolve("api-token"), data.resolve(".restored/api-token"));
        Files.createDirectories(data.resolve(".replaced/graph"));
        assertThat(restore.isInterrupted()).isTrue();
        restore.complete();
        assertThat(data.resolve("graph/store")).hasContent("new");
        assertThat(data.resolve("api-token")).hasContent("new");
        assertThat(data.resolve(".replaced")).doesNotExist();
        assertThat(data.resolve(".restored")).doesNotExist();
        assertThat(restore.isInterrupted()).isFalse();
    }

    @Test
    void aLockedStoreIsReplacedOnRequestOnly() throws Exception {
        Path file = Path.of(make().file());
        new Vault(data).lock(SECRET, CLOCK, Progress.SILENT);
        Restore restore = new Restore(new DataFolder(data));
        assertThatThrownBy(() -> restore.run(file, SECRET, false, Progress.SILENT))
                .hasMessageContaining("--replace");
        restore.run(file, SECRET, true, Progress.SILENT);
        assertThat(new Vault(data).isLocked()).isFalse();
        assertThat(data.resolve("graph/store")).hasContent("first");
    }

    @Test
    void restoresToAnEmptyFolder() {
        Path file = Path.of(make().file());
        Path fresh = folder.resolve("fresh");
        new Restore(new DataFolder(fresh)).run(file, SECRET, false, Progress.SILENT);
        assertThat(fresh.resolve("graph/store")).hasContent("first");
    }
}
