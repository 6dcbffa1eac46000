package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.files.FileTree;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of a machine: processes are killed at random moments, disks are full or read-only, volumes disappear. The
 * store opens each time, no committed data is lost, and the work can continue. Each kind of work is killed once;
 * for the figures in {@code docs/reliability.md} forty times: {@code mvn test -pl app -Dtest=FaultsTest
 * -Davatar.faults=40 -Davatar.renew=true}.
 */
class FaultsTest {
    private static final int KILLS = Integer.getInteger("avatar.faults", 1);
    private static final int MORE = 30_000;
    private static final String FRIEND = "+12125550101";

    private static final ReliabilityPage KILLED = new ReliabilityPage(
            "kills",
            "work",
            "kill -9 after",
            "kills",
            "had finished before",
            "store opened",
            "lost",
            "could be completed");
    private static final ReliabilityPage DISKS = new ReliabilityPage("disks", "fault", "message", "store afterwards");

    @TempDir
    static Path folder;

    private static Path pass;
    private static Path demo;

    private final SplittableRandom random = new SplittableRandom();

    @BeforeAll
    static void fill() throws Exception {
        pass = Files.writeString(folder.resolve("pass"), "not a very secret one\n");
        Path all = folder.resolve("all");
        assertThat(CommandLineTest.avatar("demo", "--data", all).code()).isZero();
        demo = all.resolve("demo");
    }

    @AfterAll
    static void tell() throws Exception {
        KILLED.keep();
        DISKS.keep();
    }

    private static Path chats(Path file, int messages) throws Exception {
        try (ChatDbWriter db = ChatDbWriter.create(file)) {
            long handle = db.handle(FRIEND, "iMessage", null);
            long chat = db.directChat(FRIEND, handle, "+12125550199");
            Instant at = Instant.parse("2020-01-01T00:00:00Z");
            for (int i = 0; i < messages; i++) {
                boolean own = i % 2 == 0;
                db.message(
                        chat,
                        Map.of(
                                "guid",
                                "F" + i,
                                "date",
                                at.plusSeconds(i * 600L),
                                "handle_id",
                                handle,
                                "service",
                                "iMessage",
                                "is_from_me",
                                own ? 1 : 0,
                                "attributedBody",
                                TypedstreamWriter.plain(
                                        own ? "how is the tea? I want " + i % 90 : "the tea is fine, take " + i % 90)));
            }
        }
        return file;
    }

    private static Path chat(Path file, int messages) throws Exception {
        StringBuilder lines = new StringBuilder();
        java.time.LocalDateTime at = java.time.LocalDateTime.of(2018, 1, 1, 0, 0);
        for (int i = 0; i < messages; i++) {
            lines.append(java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy, HH:mm")
                            .format(at.plusMinutes(i)))
                    .append(" - Many: message number ")
                    .append(i)
                    .append(" of many, with some words\n");
        }
        return Files.writeString(file, lines);
    }

    private static Path copy(Path from, Path to) throws IOException {
        FileTree.copy(from, to, file -> true);
        return to;
    }

    private static Ran avatar(Path data, Object... args) {
        return CommandLineTest.avatar(
                Stream.concat(Stream.of(args), Stream.of("--data", data)).toArray());
    }

    private static long messages(Path data) {
        return count(data, "MATCH (m:Message) RETURN count(m) AS n");
    }

    private static long count(Path data, String statement) {
        Ran ran = avatar(data, "query", statement, "--json");
        if (ran.err().contains("There is no data in ")) {
            return 0; // the process died before it had made the data folder
        }
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().get(0).path("n").asLong();
    }

    private static void valid(Path data) {
        Ran ran = avatar(data, "validate", "--json");
        assertThat(ran.code()).as(ran.out()).isZero();
    }

    /** A command that is run again and again, and killed. */
    private abstract static class Work {
        private final String name;
        private final Path data;
        private final Object[] command;
        private long longest = 8000;

        Work(String name, Path data, Object... command) {
            this.name = name;
            this.data = data;
            this.command = command;
        }

        /** Opens the store after a kill and checks it. */
        abstract void look() throws Exception;

        /** Resets the data after a finished run, so that the work can be done again. */
        abstract void again() throws Exception;
    }

    private void kill(Work work) throws Exception {
        if (KILLS > 1) {
            measure(work);
        }
        int ended = 0;
        for (int i = 0; i < KILLS; i++) {
            Process process = start(work);
            boolean done = process.waitFor(random.nextLong(work.longest), TimeUnit.MILLISECONDS);
            ended += done ? 1 : 0;
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            work.look();
            if (done) {
                assertThat(process.exitValue()).isZero();
                work.again();
            }
        }
        Process last = start(work);
        assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).isZero();
        work.look();
        valid(work.data);
        KILLED.row(
                work.name,
                String.format(Locale.ROOT, "0 to %.1f s", work.longest / 1000.0),
                String.valueOf(KILLS),
                String.valueOf(ended),
                "each time",
                "nothing",
                "yes");
    }

    /** Measures how long the work takes without a kill, including the start of the process. */
    private static void measure(Work work) throws Exception {
        long begin = System.nanoTime();
        Process whole = start(work);
        assertThat(whole.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(whole.exitValue()).isZero();
        work.longest = (System.nanoTime() - begin) / 1_000_000;
        work.look();
        work.again();
    }

    private static Process start(Work work) throws Exception {
        Process process = AvatarProcess.start(
                Map.of(),
                Stream.concat(Stream.of(work.command), Stream.of("--data", work.data))
                        .toArray());
        // Nobody reads the output, so it is drained: a full pipe would block the process.
        Thread.ofVirtual().start(() -> drain(process.getInputStream()));
        Thread.ofVirtual().start(() -> drain(process.getErrorStream()));
        return process;
    }

    private static void drain(java.io.InputStream in) {
        try (in) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.io.IOException e) {
            // The process was killed.
        }
    }

    /** An import into an empty store is all or nothing. */
    @Test
    void aKilledFirstImport() throws Exception {
        Path file = chats(folder.resolve("first.db"), MORE);
        Path data = folder.resolve("first");
        kill(new Work("first import of 30,000 messages", data, "import", file) {
            @Override
            void look() {
                assertThat(messages(data)).isIn(0L, (long) MORE);
            }

            @Override
            void again() {
                assertThat(avatar(data, "reset", "--yes").code()).isZero();
            }
        });
    }

    /** An import into a store with data keeps what it has stored, and never starts over. */
    @Test
    void aKilledLaterImport() throws Exception {
        Path file = chats(folder.resolve("later.db"), MORE);
        Path data = copy(demo, folder.resolve("later"));
        long before = messages(data);
        long[] stored = {before};
        kill(new Work("import of 30,000 messages into a store that holds others", data, "import", file) {
            @Override
            void look() {
                long now = messages(data);
                assertThat(now).isBetween(stored[0], before + MORE);
                stored[0] = now;
            }

            @Override
            void again() throws Exception {
                assertThat(avatar(data, "reset", "--yes").code()).isZero();
                copy(demo.resolve("graph"), data.resolve("graph"));
                stored[0] = before;
            }
        });
        assertThat(messages(data)).isEqualTo(before + MORE);
    }

    @Test
    void aKilledAnalysis() throws Exception {
        Path data = copy(demo, folder.resolve("analysis"));
        long before = messages(data);
        kill(new Work("analyze", data, "analyze") {
            @Override
            void look() {
                assertThat(messages(data)).isEqualTo(before);
            }

            @Override
            void again() {
                // It can be done any number of times.
            }
        });
        assertThat(avatar(data, "profile", "Maya", "--json")
                        .json()
                        .path("language")
                        .path("messages")
                        .asInt())
                .isPositive();
    }

    @Test
    void aKilledTraining() throws Exception {
        Path data = folder.resolve("training");
        assertThat(avatar(data, "import", chats(folder.resolve("talks.db"), 800))
                        .code())
                .isZero();
        assertThat(avatar(data, "people", "consent", FRIEND).code()).isZero();
        List<Object> command = List.of(
                "train",
                FRIEND,
                "--size",
                "tiny",
                "--epochs",
                "2",
                "--max-length",
                "64",
                "--batch",
                "8",
                "--canaries",
                "2",
                "--checkpoint-every",
                "4",
                "--resume");
        kill(new Work("train, with --resume", data, command.toArray()) {
            @Override
            void look() {
                // Every listed model can be used; unfinished models are not listed.
                for (var model : avatar(data, "models", "--json").json()) {
                    assertThat(avatar(data, "models", "show", model.path("name").asString(), "--json")
                                    .code())
                            .isZero();
                }
            }

            @Override
            void again() {
                for (var model : avatar(data, "models", "--json").json()) {
                    if (!model.path("name").asString().equals("shared")) {
                        avatar(data, "models", "delete", model.path("name").asString());
                    }
                }
                avatar(data, "models", "delete", "shared");
            }
        });
        assertThat(avatar(data, "models", "--json").json()).hasSize(2);
    }

    @Test
    void aKilledBackup() throws Exception {
        Path data = copy(demo, folder.resolve("saved"));
        long before = messages(data);
        Path place = Files.createDirectories(folder.resolve("nas"));
        kill(new Work("backup", data, "backup", place, "--passphrase-file", pass) {
            @Override
            void look() throws Exception {
                assertThat(messages(data)).isEqualTo(before);
                // A file with its final name is complete.
                for (Path backup : backups(place)) {
                    Path restored = folder.resolve("restored");
                    assertThat(avatar(restored, "restore", backup, "--replace", "--passphrase-file", pass)
                                    .code())
                            .isZero();
                    Files.delete(backup);
                }
            }

            @Override
            void again() {
                // It can be done any number of times.
            }
        });
        assertThat(messages(folder.resolve("restored"))).isEqualTo(before);
    }

    /** After any kill, the others' messages are there, and the same command forgets the rest. */
    @Test
    void aKilledForgetting() throws Exception {
        Path data = copy(demo, folder.resolve("forgetting"));
        String others = "MATCH (p:Person)-[:SENT]->(m:Message)-[:SENT_TO]->(c:Conversation)"
                + " WHERE p.name = 'Leo Rivera' RETURN count(m) AS n";
        long before = count(data, others);
        assertThat(before).isPositive();
        kill(new Work("forget", data, "forget", "Maya Okafor", "--yes") {
            @Override
            void look() {
                assertThat(count(data, others)).isEqualTo(before);
            }

            @Override
            void again() throws Exception {
                assertThat(avatar(data, "reset", "--yes").code()).isZero();
                copy(demo.resolve("graph"), data.resolve("graph"));
            }
        });
        assertThat(avatar(data, "people", "--json").out()).doesNotContain("Okafor");
    }

    @Test
    void aKilledCompaction() throws Exception {
        Path data = copy(demo, folder.resolve("compacted"));
        long before = messages(data);
        kill(new Work("compact", data, "compact") {
            @Override
            void look() {
                assertThat(messages(data)).isEqualTo(before);
            }

            @Override
            void again() {
                // It can be done any number of times.
            }
        });
    }

    @Test
    void aKilledLock() throws Exception {
        Path data = copy(demo, folder.resolve("locked"));
        long before = messages(data);
        kill(new Work("lock", data, "lock", "--passphrase-file", pass) {
            @Override
            void look() {
                if (avatar(data, "stats").code() != 0) {
                    assertThat(avatar(data, "unlock", "--passphrase-file", pass).code())
                            .isZero();
                }
                assertThat(messages(data)).isEqualTo(before);
            }

            @Override
            void again() {
                // It was unlocked.
            }
        });
    }

    @Test
    void aKilledRestore() throws Exception {
        Path data = copy(demo, folder.resolve("restoring"));
        Path place = Files.createDirectories(folder.resolve("stick"));
        assertThat(avatar(data, "backup", place, "--passphrase-file", pass).code())
                .isZero();
        long before = messages(data);
        Path backup = backups(place).getFirst();
        kill(new Work("restore", data, "restore", backup, "--replace", "--passphrase-file", pass) {
            @Override
            void look() {
                assertThat(messages(data)).isEqualTo(before);
            }

            @Override
            void again() {
                // It can be done any number of times.
            }
        });
    }

    /** The first command after an update brings the graph's schema up to date. */
    @Test
    void aKilledMigration() throws Exception {
        Path data = copy(demo, folder.resolve("migrating"));
        long before = messages(data);
        kill(new Work("migrate to the present schema", data, "stats") {
            @Override
            void look() {
                try (Graph graph = EmbeddedGraph.open(data.resolve("graph"))) {
                    assertThat(graph.read("MATCH (m:Message) RETURN count(m) AS n", Map.of())
                                    .getFirst()
                                    .number("n"))
                            .isEqualTo(before);
                }
            }

            @Override
            void again() {
                try (Graph graph = EmbeddedGraph.open(data.resolve("graph"))) {
                    graph.write(transaction ->
                            transaction.run("MATCH (s:AvatarSystem {id: 'schema'}) SET s.version = 0", Map.of()));
                    graph.changeSchema("DROP INDEX passage_text IF EXISTS");
                    graph.changeSchema("DROP INDEX passage_vector IF EXISTS");
                    graph.changeSchema("DROP INDEX message_text IF EXISTS");
                }
            }
        });
    }

    private static List<Path> backups(Path place) throws Exception {
        try (Stream<Path> files = Files.list(place)) {
            return new ArrayList<>(
                    files.filter(file -> file.toString().endsWith(".avatar")).toList());
        }
    }

    private static boolean run(Object... command) throws Exception {
        Process process = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        return process.waitFor() == 0;
    }

    /** Mounts a new file system of the given size in MiB; skips the test where that is impossible. */
    private static Path volume(String name, int mebibytes) throws Exception {
        Path place = Files.createDirectories(folder.resolve(name));
        boolean mounted = false;
        try {
            mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", place);
        } catch (java.io.IOException e) {
            mounted = false; // there is no mount command
        }
        assumeTrue(mounted, "skipped: a file system can be mounted only by root, on Linux");
        return place;
    }

    private static String told(Process process) throws Exception {
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        return err.lines()
                .filter(line -> line.startsWith("avatar: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of its own: " + err))
                .substring("avatar: ".length());
    }

    private static String general(String told) {
        return told.replace(folder.toString(), "…")
                .replaceAll("[\\d,.]+ (MiB|s)\\b", "N $1")
                .replaceAll("\\d{3,}", "N");
    }

    @Test
    void aFullDisk() throws Exception {
        Path disk = volume("full", 256);
        try {
            Path data = disk.resolve("data");
            assertThat(avatar(data, "import", chats(folder.resolve("little.db"), 500))
                            .code())
                    .isZero();
            // The free space is too small for the rest.
            Path ballast = disk.resolve("ballast");
            long room = Files.getFileStore(disk).getUsableSpace();
            Files.write(ballast, new byte[(int) Math.max(0, room - (8 << 20))]);
            Path file = chat(folder.resolve("WhatsApp Chat with Many.txt"), 60_000);
            Process process = AvatarProcess.start(Map.of(), "import", file, "--data", data);
            String told = told(process);
            assertThat(told).contains("is full");
            DISKS.row("the disk is full during an import", general(told), "holds the committed data");
            Files.delete(ballast);
            assertThat(messages(data)).isBetween(500L, 60_499L);
            Ran rest = avatar(data, "import", file);
            assertThat(rest.code()).as(rest.err()).isZero();
            assertThat(messages(data)).isEqualTo(60_500);
            DISKS.row("the same command after space was freed", "none: it continues", "holds all data");
        } finally {
            run("umount", disk);
        }
    }

    @Test
    void aReadOnlyDisk() throws Exception {
        Path disk = volume("fixed", 256);
        try {
            Path data = copy(demo, disk.resolve("data"));
            assertThat(run("mount", "-o", "remount,ro", disk)).isTrue();
            Path file = chats(folder.resolve("more.db"), 500);
            String told = told(AvatarProcess.start(Map.of(), "import", file, "--data", data));
            assertThat(told).contains("Read-only");
            DISKS.row("the disk with the data is read-only", general(told), "unchanged");
            assertThat(run("mount", "-o", "remount,rw", disk)).isTrue();
            assertThat(messages(data)).isEqualTo(messages(demo));
            // A snapshot of a NAS is read-only, and an import must be able to read it.
            Path source = Files.createDirectories(disk.resolve("source"));
            chats(source.resolve("chat.db"), 50);
            assertThat(run("mount", "-o", "remount,ro", disk)).isTrue();
            Ran read = avatar(folder.resolve("from-fixed"), "import", source, "--json");
            assertThat(read.code()).as(read.err()).isZero();
            assertThat(read.json().path("newMessages").asInt()).isEqualTo(50);
            DISKS.row("the imported file is on a read-only disk", "none: it is read", "holds all data");
            Ran backup = avatar(demo, "backup", disk, "--passphrase-file", pass);
            assertThat(backup.code()).isEqualTo(1);
            DISKS.row(
                    "a backup goes to a read-only disk",
                    general(backup.err().strip().replaceFirst("^(?s).*avatar: ", "")),
                    "unchanged");
        } finally {
            run("umount", disk);
        }
    }

    @Test
    void aVolumeThatDisappears() throws Exception {
        Path share = folder.resolve("share");
        Path away = folder.resolve("away");
        for (int day = 1; day <= 3; day++) {
            Files.createDirectories(share.resolve("inbox/t" + day));
            StringBuilder messages = new StringBuilder();
            for (int i = 0; i < 5000; i++) {
                messages.append(i == 0 ? "" : ",")
                        .append("{\"sender_name\": \"T%d\", \"timestamp_ms\": %d, \"content\": \"m%d\"}"
                                .formatted(day, 1_715_617_000_000L + i, i));
            }
            Files.writeString(
                    share.resolve("inbox/t" + day + "/message_1.json"),
                    "{\"participants\": [{\"name\": \"T%d\"}, {\"name\": \"Sam\"}], \"messages\": [%s], \"thread_path\": \"inbox/t%d\"}"
                            .formatted(day, messages, day));
        }
        Path data = folder.resolve("vanished");
        Files.move(share, away);
        Ran gone = avatar(data, "import", share);
        assertThat(gone.code()).isEqualTo(1);
        DISKS.row(
                "the volume with the export is missing",
                general(gone.err().strip().replace("avatar: ", "")),
                "none was created");
        Files.move(away, share);
        // The volume disappears during the second reading, after the survey of all files.
        try (var source = org.avatarengine.source.apps.KnownApps.open(
                share,
                new org.avatarengine.source.apps.export.ImportOptions(
                        null, java.time.ZoneId.of("UTC"), new org.avatarengine.identity.HandleNormalizer("US")))) {
            int[] batches = {0};
            org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                            source.read(org.avatarengine.source.Position.START, batch -> {
                                if (batches[0]++ == 1) {
                                    try {
                                        Files.move(share, away);
                                    } catch (java.io.IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                }
                                return true;
                            }))
                    .isInstanceOf(org.avatarengine.source.SourceException.class)
                    .satisfies(e -> DISKS.row(
                            "the volume disappears during an import",
                            general(e.getMessage()),
                            "opens, holds complete batches"));
        }
        Files.move(away, share);
        Ran back = avatar(data, "import", share, "--json");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(messages(data)).isEqualTo(15_000);
        DISKS.row("the same command when the volume is back", "none: it continues", "holds all data");
        valid(data);
    }
}
