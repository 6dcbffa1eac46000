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
    void whatWasBackedUpComesBackAndIsNoted() throws Exception {
        Backup.Made made = make();
        assertThat(made.file()).endsWith("nas/avatar-20260301-183015.avatar");
        assertThat(made.files()).isEqualTo(1);
        assertThat(backup.all()).containsExactly(made);
        Files.writeString(data.resolve("graph/store"), "second");
        Files.writeString(data.resolve("graph/more"), "since then");
        backup.restore(Path.of(made.file()), SECRET, true, Progress.SILENT);
        assertThat(data.resolve("graph/store")).hasContent("first");
        assertThat(data.resolve("graph/more")).doesNotExist();
        assertThat(beside()).containsExactly("data", "nas");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsThereIsNotReplacedUnasked() throws Exception {
        Path file = Path.of(make().file());
        assertThatThrownBy(() -> backup.restore(file, SECRET, false, Progress.SILENT))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("--replace");
        assertThatThrownBy(() -> backup.make(file, SECRET, CLOCK, Progress.SILENT))
                .hasMessageContaining("exists");
    }

    @Test
    void aBackupThatIsDamagedLeavesAllAsItWas() throws Exception {
        Path file = Path.of(make().file());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
        Files.writeString(data.resolve("graph/store"), "second");
        assertThatThrownBy(() -> backup.restore(file, SECRET, true, Progress.SILENT))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("damaged");
        assertThat(data.resolve("graph/store")).hasContent("second");
        assertThat(beside()).containsExactly("data", "nas");
    }

    @Test
    void itIsMadeElsewhere() {
        assertThatThrownBy(() -> backup.make(data.resolve("here.avatar"), SECRET, CLOCK, Progress.SILENT))
                .hasMessageContaining("outside");
        assertThatThrownBy(() -> backup.make(folder.resolve("gone/x.avatar"), SECRET, CLOCK, Progress.SILENT))
                .isInstanceOf(VaultException.class);
        assertThat(data.resolve("backups.jsonl")).doesNotExist();
    }

    @Test
    void anEmptyPlaceIsFilled() {
        Path file = Path.of(make().file());
        Path fresh = folder.resolve("fresh");
        new Backup(fresh).restore(file, SECRET, false, Progress.SILENT);
        assertThat(fresh.resolve("graph/store")).hasContent("first");
    }
}
