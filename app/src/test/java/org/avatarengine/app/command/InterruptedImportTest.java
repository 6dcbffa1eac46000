package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops imports while they write. Each import has its own process. */
class InterruptedImportTest {
    private static final int MESSAGES = 60_000;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path file;

    @BeforeAll
    static void write() throws Exception {
        file = shared.resolve("chat.db");
        try (ChatDbWriter db = ChatDbWriter.create(file)) {
            long[] chats = new long[7];
            long[] handles = new long[7];
            for (int i = 0; i < 7; i++) {
                handles[i] = db.handle("+1212555010" + i, "iMessage", null);
                chats[i] = db.directChat("+1212555010" + i, handles[i], "+12125550199");
            }
            Instant at = Instant.parse("2020-01-01T00:00:00Z");
            for (int i = 0; i < MESSAGES; i++) {
                db.message(
                        chats[i % 7],
                        Map.of(
                                "guid",
                                "G" + i,
                                "date",
                                at.plusSeconds(i),
                                "handle_id",
                                handles[i % 7],
                                "service",
                                "iMessage",
                                "is_from_me",
                                i % 3 == 0 ? 1 : 0,
                                "attributedBody",
                                TypedstreamWriter.plain("message number " + i)));
            }
        }
    }

    private Process start() throws IOException {
        return AvatarProcess.start(Map.of(), "import", "--db", file, "--data", folder);
    }

    /** Waits until the process writes. */
    private static void awaitImporting(Process process) throws IOException {
        BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith("importing")) {
                return;
            }
        }
        throw new AssertionError("The import ended before it was stopped.");
    }

    private void assertTheRestArrives() {
        CommandLineTest.Ran rest = CommandLineTest.avatar("import", "--db", file, "--data", folder, "--json");
        assertThat(rest.code()).as(rest.err()).isZero();
        CommandLineTest.Ran counts = CommandLineTest.avatar(
                "query",
                "MATCH (m:Message) WITH count(m) AS messages, count(DISTINCT m.id) AS ids"
                        + " MATCH (:Person)-[s:SENT]->(:Message) WITH messages, ids, count(s) AS sent"
                        + " MATCH (:Message)-[t:SENT_TO]->(:Conversation) RETURN messages, ids, sent, count(t) AS told",
                "--data",
                folder,
                "--json");
        assertThat(counts.json().get(0).toString())
                .isEqualTo("{\"messages\":%1$d,\"ids\":%1$d,\"sent\":%1$d,\"told\":%1$d}".formatted(MESSAGES));
    }

    @Test
    void aKilledImportLeavesAGraphThatOpensAndCanContinue() throws Exception {
        Process process = start();
        awaitImporting(process);
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertTheRestArrives();
    }

    @Test
    void anInterruptedImportStoresItsBatchAndSaysHowToContinue() throws Exception {
        Process process = start();
        awaitImporting(process);
        process.toHandle().destroy(); // SIGTERM, which the JVM treats like Ctrl-C
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(out).contains("Stopped after").contains("Run the same command again to continue.");
        assertTheRestArrives();
    }
}
