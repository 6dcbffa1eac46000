package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.failure.GraphException;
import org.avatarengine.graph.BoltGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Works with a Neo4j server in a process of its own (the Community Edition, started on loopback), by routing addresses
 * and in a database with a name.
 */
class ServerGraphTest {
    private static final String DATABASE = "family";

    @TempDir
    static Path folder;

    private static Process server;
    private static String address;

    @TempDir
    Path mine;

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(conf.resolve("neo4j.conf"), """
                initial.dbms.default_database=%s
                server.bolt.listen_address=127.0.0.1:%d
                server.http.enabled=false
                dbms.security.auth_enabled=false
                dbms.usage_report.enabled=false
                server.memory.pagecache.size=64m
                """.formatted(DATABASE, port));
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx600m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.neo4j.server.Neo4jCommunity",
                        "--home-dir=" + folder,
                        "--config-dir=" + conf)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile())
                .start();
        address = "neo4j://127.0.0.1:" + port;
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (true) {
            try {
                BoltGraph.connect(URI.create(address + "/" + DATABASE), "neo4j", null)
                        .close();
                return;
            } catch (GraphException e) {
                assertThat(server.isAlive()).as(console()).isTrue();
                assertThat(Instant.now()).as(console()).isBefore(end);
                Thread.sleep(500);
            }
        }
    }

    private static String console() throws IOException {
        return Files.readString(folder.resolve("console.log"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void commandsWorkOnANamedDatabaseAndSayWhatTheyDoNotReach() throws Exception {
        Path chat = Files.writeString(
                mine.resolve("WhatsApp Chat with Nora.txt"),
                "01/03/2024, 10:00 - Nora: shall we meet at the harbour?\n01/03/2024, 10:01 - Me: yes\n");
        Path data = mine.resolve("data");
        String named = address + "/" + DATABASE;
        Ran imported = avatar("import", chat, "--me", "Me", "--graph", named, "--data", data);
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("2 new messages");
        assertThat(avatar("people", "--graph", address, "--data", data).out()).contains("Nora");
        assertThat(avatar("validate", "--graph", named, "--data", data).code()).isZero();
        Path exported = mine.resolve("exported");
        assertThat(avatar("export", exported, "--graph", named, "--data", data).code())
                .isZero();
        assertThat(Files.readString(exported.resolve("messages.csv"))).contains("harbour");

        assertThat(avatar("config", "set", "limits.day_usd", "5", "--data", data)
                        .code())
                .isZero();
        Path pass = Files.writeString(mine.resolve("pass"), "a long passphrase\n");
        Ran backup = avatar("backup", mine, "--passphrase-file", pass, "--graph", named, "--data", data);
        assertThat(backup.code()).as(backup.err()).isZero();
        assertThat(backup.err())
                .contains("The graph on " + named + " is not part of the backup.")
                .contains("neo4j-admin database dump family");
        Ran locked = avatar("lock", "--passphrase-file", pass, "--graph", named, "--data", data);
        assertThat(locked.err()).contains("is not encrypted by this");
        assertThat(avatar("unlock", "--passphrase-file", pass, "--data", data).code())
                .isZero();
        Ran compact = avatar("compact", "--graph", named, "--data", data);
        assertThat(compact.code()).isNotZero();
        assertThat(compact.err()).contains("neo4j-admin database copy");
        Ran forgotten = avatar("forget", "Nora", "--yes", "--graph", named, "--data", data);
        assertThat(forgotten.code()).as(forgotten.err()).isZero();
        assertThat(forgotten.err()).contains("Traces of deleted data can remain in the files of the Neo4j server");
        Ran reset = avatar("reset", "--yes", "--graph", named, "--data", data);
        assertThat(reset.code()).as(reset.err()).isZero();
        assertThat(reset.err()).contains("was not deleted").contains("cypher-shell -d family");
    }

    @Test
    void aDatabaseThatDoesNotExistIsNamed() {
        for (String scheme : List.of("neo4j", "bolt")) {
            Ran ran = avatar("people", "--graph", address.replace("neo4j:", scheme + ":") + "/nowhere", "--data", mine);
            assertThat(ran.code()).isNotZero();
            assertThat(ran.err()).contains("has no database \"nowhere\"");
        }
    }
}
