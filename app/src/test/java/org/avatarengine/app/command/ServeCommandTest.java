package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.app.services.Serving;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other commands work while a server has the graph open. */
class ServeCommandTest {
    @TempDir
    static Path folder;

    private static Path data;

    @BeforeAll
    static void runTheDemo() {
        assertThat(CommandLineTest.avatar("demo", "--data", folder, "--json").code())
                .isZero();
        data = folder.resolve("demo");
    }

    @Test
    void otherCommandsUseTheGraphOfAServerAndOpenItThemselvesOnceItIsKilled() throws Exception {
        String alone = CommandLineTest.avatar("stats", "--data", data, "--json").out();
        Process server = AvatarProcess.start(Map.of(), "serve", "--data", data, "--port", "0", "--json", "--no-open");
        try {
            String line = firstLine(server);
            assertThat(line).contains("http://127.0.0.1:");
            JsonOutputCheck.check(List.of("serve", "--json"), line);
            Path told = data.resolve("serving.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(told)))
                    .isEqualTo("rw-------");
            CommandLineTest.Ran meanwhile = CommandLineTest.avatar("stats", "--data", data, "--json");
            assertThat(meanwhile.code()).as(meanwhile.err()).isZero();
            assertThat(meanwhile.json().path("graph").asString()).startsWith("bolt://127.0.0.1:");
            assertThat(meanwhile.json().path("nodes"))
                    .isEqualTo(new tools.jackson.databind.json.JsonMapper()
                            .readTree(alone)
                            .path("nodes"));
            assertThat(CommandLineTest.avatar("people", "consent", "Zoe", "--data", data)
                            .code())
                    .isZero();
            assertThat(CommandLineTest.avatar("--data", data).out()).contains("The page is open at http://127.0.0.1:");
            assertThat(CommandLineTest.avatar("serve", "--data", data).err()).contains("already running");
        } finally {
            server.destroyForcibly();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(data.resolve("serving.json")).exists();
        CommandLineTest.Ran after = CommandLineTest.avatar("people", "consent", "--data", data);
        assertThat(after.code()).as(after.err()).isZero();
        assertThat(after.out()).contains("Zoe Lin");
    }

    /** The backup is complete and consistent, and writers only wait for it. */
    @Test
    void aBackupIsMadeWhileTheServerRunsAndOtherCommandsWrite() throws Exception {
        Path pass = Files.writeString(folder.resolve("pass"), "not a very secret one\n");
        Process server = AvatarProcess.start(Map.of(), "serve", "--data", data, "--port", "0", "--json", "--no-open");
        AtomicInteger stored = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        try (Graph graph = connected(server)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!enough.get()) {
                    int n = stored.get();
                    graph.write(t ->
                            t.run("CREATE (:Counted {n: $n})-[:NEXT]->(:Counted {n: $n, twin: true})", Map.of("n", n)));
                    stored.set(n + 1);
                }
            });
            while (stored.get() < 50) {
                Thread.sleep(10);
            }
            int before = stored.get();
            CommandLineTest.Ran made =
                    CommandLineTest.avatar("backup", folder, "--data", data, "--passphrase-file", pass, "--json");
            assertThat(made.code()).as(made.err()).isZero();
            int after = stored.get();
            while (stored.get() < after + 50) {
                Thread.sleep(10);
            }
            enough.set(true);
            writer.join();
            try (var left = Files.list(data.resolve("work"))) {
                assertThat(left).as("the copy is deleted").isEmpty();
            }
            Path restored = folder.resolve("restored");
            assertThat(CommandLineTest.avatar(
                                    "restore",
                                    made.json().path("file").asString(),
                                    "--data",
                                    restored,
                                    "--passphrase-file",
                                    pass)
                            .code())
                    .isZero();
            try (Graph copy = EmbeddedGraph.open(restored.resolve("graph"))) {
                int twins = (int) copy.read(
                                "MATCH (a:Counted)-[:NEXT]->(b:Counted {twin: true}) WHERE a.n = b.n"
                                        + " RETURN count(*) AS n, max(a.n) AS most",
                                Map.of())
                        .getFirst()
                        .number("n");
                assertThat(twins).isBetween(before, after);
                assertThat(copy.read("MATCH (a:Counted) RETURN count(a) AS n, max(a.n) AS most", Map.of())
                                .getFirst())
                        .satisfies(row -> {
                            assertThat(row.number("n")).isEqualTo(2L * twins);
                            assertThat(row.number("most")).isEqualTo(twins - 1);
                        });
            }
            CommandLineTest.Ran valid = CommandLineTest.avatar("validate", "--data", restored, "--json");
            assertThat(valid.code()).as(valid.out()).isZero();
        } finally {
            server.destroyForcibly();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Graph connected(Process server) throws Exception {
        assertThat(firstLine(server)).contains("http://127.0.0.1:");
        return java.util.Objects.requireNonNull(Serving.graph(data));
    }

    private static String firstLine(Process server) throws Exception {
        return new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
