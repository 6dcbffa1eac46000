package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands change only folders that hold this program's data, and a mistyped folder does not become a new store. */
class DataFolderTest {
    @TempDir
    Path folder;

    private static Map<String, String> everything(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.toList()) {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                found.put(
                        root.relativize(path).toString(),
                        permissions + (Files.isRegularFile(path) ? Files.readString(path) : ""));
            }
        }
        return found;
    }

    private Path table() throws IOException {
        return Files.writeString(
                folder.resolve("t.csv"), "conversation,sender,sent_at,text\ntrip,Ann,2024-05-01 09:00,are you up\n");
    }

    private Path foreign() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("Documents"));
        Files.writeString(mine.resolve("thesis.tex"), "years of work");
        Files.createDirectories(mine.resolve("models/ships"));
        Files.writeString(mine.resolve("models/ships/bismarck.txt"), "1:350");
        return mine;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset --yes",
                "lock --passphrase-file PASS",
                "unlock --passphrase-file PASS",
                "backup X.avatar --passphrase-file PASS",
                "people",
                "tokens report",
                "config set limits.day_usd 5",
                "import t.csv --me Ann",
                "demo",
                "doctor"
            })
    void aFolderOfOtherFilesIsLeftAsItIs(String command) throws Exception {
        Path mine = foreign();
        table();
        Files.writeString(folder.resolve("PASS"), "a long passphrase\n");
        Map<String, String> before = everything(mine);
        Object[] args = Stream.concat(
                        Stream.of(command.split(" ")).map(word -> switch (word) {
                            case "PASS", "X.avatar", "t.csv" ->
                                folder.resolve(word).toString();
                            default -> word;
                        }),
                        Stream.of("--data", mine.toString()))
                .toArray();
        Ran ran = avatar(args);
        assertThat(ran.code()).as(ran.out()).isNotZero();
        assertThat(ran.err() + ran.out()).contains("thesis.tex");
        assertThat(everything(mine)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"people", "stats", "validate", "reset --yes", "recall Ann trip", "tokens report"})
    void aMistypedFolderIsNotCreated(String command) throws Exception {
        assertThat(avatar("import", table(), "--me", "Ann", "--data", folder.resolve("avatar-data"))
                        .code())
                .isZero();
        Object[] args = Stream.concat(Stream.of(command.split(" ")), Stream.of("--data", folder.resolve("avatar-dta")))
                .toArray();
        Ran ran = avatar(args);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("avatar: There is no data in ")
                .contains("Did you mean --data " + folder.resolve("avatar-data") + "?");
        assertThat(folder.resolve("avatar-dta")).doesNotExist();
    }

    @Test
    void anImportThatFailsLeavesNoFolder() throws Exception {
        Path data = folder.resolve("data");
        Path bad = Files.writeString(folder.resolve("bad.csv"), "a,b\n1,2\n");
        assertThat(avatar("import", bad, "--me", "x", "--data", data).code()).isEqualTo(1);
        assertThat(data).doesNotExist();
    }

    @Test
    void everythingStoredIsForItsOwnerOnly() throws Exception {
        Path data = folder.resolve("data");
        assertThat(avatar("import", table(), "--me", "Ann", "--data", data).code())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void filesOfOthersInADataFolderAreNamedAndLeft() throws Exception {
        Path data = folder.resolve("data");
        avatar("import", table(), "--me", "Ann", "--data", data);
        Path notes = Files.writeString(data.resolve("notes.txt"), "mine");
        Ran reset = avatar("reset", "--yes", "--data", data);
        assertThat(reset.code()).as(reset.err()).isZero();
        assertThat(reset.out()).contains("notes.txt");
        assertThat(notes).hasContent("mine");
        assertThat(avatar("doctor", "--data", data).out()).contains("notes.txt");
    }

    @Test
    void aSubcommandOfALockedStoreIsRefusedToo() throws Exception {
        Path data = folder.resolve("data");
        Path secret = Files.writeString(folder.resolve("pass"), "a long passphrase\n");
        avatar("import", table(), "--me", "Ann", "--data", data);
        assertThat(avatar("lock", "--passphrase-file", secret, "--data", data).code())
                .isZero();
        for (List<Object> command :
                List.<List<Object>>of(List.of("tokens", "report"), List.of("config", "set", "limits.day_usd", "5"))) {
            Ran ran = avatar(
                    Stream.concat(command.stream(), Stream.of("--data", data)).toArray());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("avatar unlock");
        }
    }
}
