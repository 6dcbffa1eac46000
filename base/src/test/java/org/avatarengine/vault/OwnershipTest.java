package org.avatarengine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.avatarengine.failure.VaultException;
import org.avatarengine.progress.Progress;
import org.avatarengine.vault.Ownership.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a folder with the marker, or with our graph, is changed, and only what the program made in it. */
class OwnershipTest {
    private static final Secret SECRET = new Secret.Kept(new byte[Secret.KEY_BYTES]);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T18:30:15Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Ownership of(Path path) {
        return new Ownership(new DataFolder(path));
    }

    @Test
    void aNewFolderIsMarkedAndOnlyItsOwnerCanReadIt() throws Exception {
        Path data = folder.resolve("new/data");
        assertThat(of(data).state()).isEqualTo(State.EMPTY);
        assertThat(of(data).claim(CLOCK)).isTrue();
        assertThat(of(data).claim(CLOCK)).isFalse();
        assertThat(of(data).state()).isEqualTo(State.OWNED);
        Ownership.Marker marker = of(data).marker();
        assertThat(marker).isNotNull();
        assertThat(marker.created()).isEqualTo(CLOCK.instant());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("avatar-data.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderInWhichNothingWasStoredIsRemovedAgain() throws Exception {
        Path data = folder.resolve("data");
        of(data).claim(CLOCK);
        of(data).abandon();
        assertThat(data).doesNotExist();

        of(data).claim(CLOCK);
        Files.writeString(data.resolve("config.toml"), "");
        of(data).abandon();
        assertThat(data.resolve("avatar-data.json")).exists();
    }

    @Test
    void aFolderOfOtherFilesIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve("thesis.tex"), "years of work");
        Files.createDirectories(folder.resolve("models"));
        assertThat(of(folder).state()).isEqualTo(State.FOREIGN);
        assertThatThrownBy(() -> of(folder).claim(CLOCK))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("thesis.tex")
                .hasMessageContaining("--data");
        assertThatThrownBy(() -> of(folder).require()).hasMessageContaining("thesis.tex");
        assertThat(folder.resolve("avatar-data.json")).doesNotExist();
    }

    @Test
    void aFolderOfAnEarlierVersionIsRecognizedByItsGraph() throws Exception {
        Files.createDirectories(folder.resolve("graph/data/databases"));
        assertThat(of(folder).state()).isEqualTo(State.OWNED);
        assertThat(of(folder).claim(CLOCK)).isFalse();
        assertThat(of(folder).marker()).isNotNull();
    }

    @Test
    void aLockedFolderOfAnEarlierVersionIsRecognized() throws Exception {
        Files.createDirectories(folder.resolve("graph"));
        Files.writeString(folder.resolve("graph/store"), "x");
        new Vault(folder).lock(SECRET, CLOCK, Progress.SILENT);
        assertThat(of(folder).state()).isEqualTo(State.OWNED);
    }

    @Test
    void lockAndResetLeaveOtherFiles() throws Exception {
        of(folder).claim(CLOCK);
        Files.createDirectories(folder.resolve("graph"));
        Files.writeString(folder.resolve("graph/store"), "x");
        Files.writeString(folder.resolve("token_usage.db-wal"), "x");
        Files.writeString(folder.resolve("thesis.tex"), "years of work");
        assertThat(of(folder).foreign()).containsExactly("thesis.tex");

        Vault vault = new Vault(folder);
        vault.lock(SECRET, CLOCK, Progress.SILENT);
        assertThat(folder.resolve("thesis.tex")).hasContent("years of work");
        assertThat(folder.resolve("graph")).doesNotExist();
        assertThat(of(folder).foreign()).containsExactly("thesis.tex");
        vault.unlock(SECRET, Progress.SILENT);
        assertThat(folder.resolve("graph/store")).exists();

        Reset reset = new Reset(folder);
        assertThat(reset.parts()).extracting(Reset.Part::name).containsExactly("graph", "token_usage.db-wal");
        reset.run();
        assertThat(folder.resolve("thesis.tex")).hasContent("years of work");
        assertThat(of(folder).state()).isEqualTo(State.OWNED);
    }

    @Test
    void aDamagedMarkerAndOneOfANewerVersionAreExplained() throws Exception {
        Files.writeString(folder.resolve("avatar-data.json"), "{");
        assertThatThrownBy(() -> of(folder).state()).hasMessageContaining("damaged");
        Files.writeString(
                folder.resolve("avatar-data.json"),
                "{\"id\":\"x\",\"format\":99,\"created\":\"2030-01-01T00:00:00Z\"}");
        assertThatThrownBy(() -> of(folder).state()).hasMessageContaining("newer version");
    }

    @Test
    void aFileInPlaceOfTheFolderIsExplained() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> of(file).state()).hasMessageContaining("is a file");
    }
}
