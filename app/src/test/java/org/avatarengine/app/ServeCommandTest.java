package org.avatarengine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server holds the graph, and other commands work all the same. */
class ServeCommandTest {
    @TempDir
    static Path folder;

    private static Path data;

    @BeforeAll
    static void runTheDemo() {
        assertThat(CommandLineTest.avatar("demo", "--data", folder).code()).isZero();
        data = folder.resolve("demo");
    }

    @Test
    void otherCommandsReachTheGraphOfAServerAndOpenItThemselvesOnceThatIsKilled() throws Exception {
        String alone = CommandLineTest.avatar("stats", "--data", data, "--json").out();
        Process server = AvatarProcess.start(Map.of(), "serve", "--data", data, "--port", "0", "--json", "--no-open");
        try {
            assertThat(firstLine(server)).contains("http://127.0.0.1:");
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
            assertThat(CommandLineTest.avatar("serve", "--data", data).err()).contains("served already");
        } finally {
            server.destroyForcibly();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(data.resolve("serving.json")).exists();
        CommandLineTest.Ran after = CommandLineTest.avatar("people", "consent", "--data", data);
        assertThat(after.code()).as(after.err()).isZero();
        assertThat(after.out()).contains("Zoe Lin");
    }

    private static String firstLine(Process server) throws Exception {
        return new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
