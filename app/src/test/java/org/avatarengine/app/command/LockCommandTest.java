package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks, unlocks, backs up and restores the data of the demo. */
class LockCommandTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path pass;
    private static Path other;

    @BeforeAll
    static void runTheDemo() throws IOException {
        assertThat(avatar("demo", "--data", folder).code()).isZero();
        data = folder.resolve("demo");
        pass = Files.writeString(folder.resolve("pass"), "correct horse battery\n");
        other = Files.writeString(folder.resolve("other"), "another horse battery\n");
    }

    private static long bytesOfVectors() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("vectors"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(one -> one.toFile().length())
                    .sum();
        }
    }

    private static List<String> entries() throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aLockedStoreRefusesCommandsUntilItIsUnlocked() throws Exception {
        String before = avatar("stats", "--data", data).out();
        Ran locked = avatar("lock", "--data", data, "--passphrase-file", pass, "--json");
        assertThat(locked.code()).as(locked.err()).isZero();
        assertThat(locked.json().path("files").asInt()).isPositive();
        assertThat(entries()).containsExactly(".in-use", "avatar-data.json", "locked.avatar");
        for (List<String> command : List.of(
                List.of("stats"),
                List.of("people"),
                List.of("import"),
                List.of("backup"),
                List.of("serve", "--no-open"),
                List.<String>of())) {
            Ran refused = avatar(
                    Stream.concat(command.stream(), Stream.of("--data=" + data)).toArray());
            assertThat(refused.code()).as(command.toString()).isEqualTo(1);
            assertThat(refused.err()).contains("The store is locked. Run `avatar unlock` first.");
        }
        assertThat(entries()).containsExactly(".in-use", "avatar-data.json", "locked.avatar");
        assertThat(avatar("stats", "--help").code()).isZero();
        Ran wrong = avatar("unlock", "--data", data, "--passphrase-file", other);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("the passphrase is wrong");
        assertThat(avatar("unlock", "--data", data).err()).contains("no terminal");
        assertThat(avatar("unlock", "--data", data, "--passphrase-file", pass).code())
                .isZero();
        assertThat(avatar("stats", "--data", data).out()).isEqualTo(before);
        assertThat(avatar("unlock", "--data", data).err()).contains("is not locked");
    }

    @Test
    void aRestoredBackupHoldsTheSameData() throws Exception {
        Path place = Files.createDirectories(folder.resolve("place"));
        String before =
                avatar("stats", "--data", data, "--json").json().path("nodes").toString();
        Ran made = avatar("backup", place, "--data", data, "--passphrase-file", pass, "--json");
        assertThat(made.code()).as(made.err()).isZero();
        String file = made.json().path("file").asString();
        assertThat(avatar("backup", "--data", data).out())
                .contains(place.getFileName().toString());
        long vectors = bytesOfVectors();
        Ran forgotten = avatar("forget", "Leo", "--yes", "--data", data);
        assertThat(forgotten.code()).as(forgotten.err()).isZero();
        assertThat(forgotten.err()).contains("These backups still hold their data", "place/avatar-");
        assertThat(bytesOfVectors()).isLessThan(vectors);
        assertThat(avatar("stats", "--data", data, "--json")
                        .json()
                        .path("nodes")
                        .toString())
                .isNotEqualTo(before);
        assertThat(avatar("restore", file, "--data", data, "--passphrase-file", pass)
                        .err())
                .contains("--replace");
        Ran restored = avatar("restore", file, "--replace", "--data", data, "--passphrase-file", pass);
        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(avatar("stats", "--data", data, "--json")
                        .json()
                        .path("nodes")
                        .toString())
                .isEqualTo(before);
    }

    @Test
    void aShortPassphraseIsRefused() throws Exception {
        Path weak = Files.writeString(folder.resolve("weak"), "abc");
        Ran refused = avatar("lock", "--data", data, "--passphrase-file", weak);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("at least 10 characters");
        assertThat(entries()).contains("graph");
    }

    @Test
    void otherUsersOfTheComputerCannotReadTheData() throws Exception {
        avatar("stats", "--data", data);
        for (String name : entries()) {
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve(name))))
                    .as(name)
                    .endsWith("------");
        }
    }

    @Test
    void theAuditLogHoldsCommandsWithoutTheirValues() throws Exception {
        avatar("people", "lookup", "Zoe Lin", "--data", data);
        avatar("people", "lookup", "Nobody Knows", "--data", data, "--json");
        Ran shown = avatar("audit", "--data", data, "--json");
        assertThat(shown.code()).isZero();
        assertThat(shown.json().path("check").path("broken").isNull()).isTrue();
        var newest = shown.json().path("newest");
        assertThat(newest.get(0).path("what").asString()).isEqualTo("avatar people lookup");
        assertThat(newest.get(0).path("outcome").asInt()).isEqualTo(1);
        assertThat(newest.get(0).path("detail").toString()).contains("--json");
        assertThat(newest.get(1).path("outcome").asInt()).isZero();
        Path file = data.resolve("audit.jsonl");
        String whole = Files.readString(file);
        assertThat(whole).doesNotContain("Zoe", "Nobody");
        Files.writeString(file, whole.replaceFirst("avatar people lookup", "avatar people merges"));
        Ran changed = avatar("audit", "--data", data);
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).contains("changed or damaged: do not rely on it from line");
        Files.writeString(file, whole);
        assertThat(avatar("audit", "--data", data).out()).contains("complete and unchanged");
    }
}
