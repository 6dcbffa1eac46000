package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.avatarengine.demo.ChatDbWriter;
import org.avatarengine.demo.TypedstreamWriter;
import org.avatarengine.files.FileTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A damaged store is named as such in one line, and {@code doctor --repair} saves what can be saved. */
class RepairTest {
    private static final int MESSAGES = 1000;

    @TempDir
    static Path prepared;

    @TempDir
    Path folder;

    private Path data;

    @BeforeAll
    static void fill() throws Exception {
        Path file = prepared.resolve("chat.db");
        try (ChatDbWriter db = ChatDbWriter.create(file)) {
            long friend = db.handle("+12125550155", "iMessage", null);
            long chat = db.directChat("+12125550155", friend, "+12125550199");
            for (int i = 0; i < MESSAGES; i++) {
                db.message(
                        chat,
                        Map.of(
                                "guid",
                                "G" + i,
                                "date",
                                Instant.parse("2024-01-01T10:00:00Z").plusSeconds(i * 60L),
                                "handle_id",
                                friend,
                                "service",
                                "iMessage",
                                "is_from_me",
                                i % 2,
                                "attributedBody",
                                TypedstreamWriter.plain(
                                        "a message with enough words to need a record of its own " + i)));
            }
        }
        Ran imported = avatar("import", file, "--data", prepared.resolve("data"));
        assertThat(imported.code()).as(imported.err()).isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        data = folder.resolve("data");
        FileTree.copy(prepared.resolve("data"), data, file -> true);
    }

    private Path store(String file) {
        return data.resolve("graph/data/databases/neo4j").resolve(file);
    }

    private static void scribble(Path file, long from, int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(7).nextBytes(noise);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise), from);
        }
    }

    private long messages() {
        Ran ran = avatar("query", "MATCH (m:Message) RETURN count(m) AS n", "--json", "--data", data);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json().get(0).path("n").asLong();
    }

    private void assertOneLineThatNamesTheRemedy(Ran ran) {
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines().filter(line -> !line.isBlank()))
                .singleElement()
                .asString()
                .contains("is damaged. Run `avatar doctor --repair` to see what can be repaired.");
    }

    @Test
    void aHealthyStoreNeedsNoRepair() {
        Ran ran = avatar("doctor", "--repair", "--data", data);
        assertThat(ran.code()).as(ran.err() + ran.out()).isZero();
        assertThat(ran.out()).contains("Nothing needs a repair.");
    }

    @Test
    void aMissingLogIsRepairedWithoutLoss() throws Exception {
        FileTree.delete(data.resolve("graph/data/transactions/neo4j"));
        assertOneLineThatNamesTheRemedy(avatar("people", "--data", data));
        Ran asked = avatar("doctor", "--repair", "--data", data);
        assertThat(asked.code()).as("nobody agreed").isEqualTo(1);
        assertThat(asked.out()).contains("The graph is damaged.", "Not repaired.");
        assertOneLineThatNamesTheRemedy(avatar("people", "--data", data));
        Ran repaired = avatar("doctor", "--repair", "--yes", "--json", "--data", data);
        assertThat(repaired.code()).as(repaired.out()).isZero();
        JsonNode one = repaired.json().path("repairs").get(0);
        assertThat(one.path("repaired").asBoolean()).isTrue();
        assertThat(one.path("problem").asString()).contains(", 0 cannot");
        assertThat(messages()).isEqualTo(MESSAGES);
        assertThat(avatar("validate", "--data", data).code()).isZero();
    }

    /** Some records are noise: the rest is kept, and what is lost is counted. */
    @Test
    void aPartlyDamagedStoreKeepsTheRest() throws Exception {
        Path strings = store("neostore.propertystore.db.strings");
        scribble(strings, Files.size(strings) / 2, 4000);
        Ran repaired = avatar("doctor", "--repair", "--yes", "--json", "--data", data);
        assertThat(repaired.code()).as(repaired.out() + repaired.err()).isZero();
        assertThat(repaired.json().path("repairs").get(0).path("problem").asString())
                .contains("The graph is damaged.");
        assertThat(messages()).isBetween(MESSAGES * 9L / 10, MESSAGES - 1L);
    }

    @Test
    void aStoreThatCannotBeReadIsSaidToBeLost() throws Exception {
        Files.write(store("neostore"), new byte[] {1, 2, 3});
        assertOneLineThatNamesTheRemedy(avatar("people", "--data", data));
        assertThat(avatar("validate", "--data", data).code()).isEqualTo(1);
        Ran ran = avatar("doctor", "--repair", "--yes", "--data", data);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("The graph cannot be read at all. There is no backup.");
    }

    /** A store whose nodes are gone must not be taken for a new one. */
    @Test
    void anEmptiedStoreIsNotWrittenTo() throws Exception {
        Files.write(store("neostore.nodestore.db"), new byte[0]);
        assertOneLineThatNamesTheRemedy(avatar("people", "--data", data));
        assertOneLineThatNamesTheRemedy(avatar("people", "--data", data));
        Ran ran = avatar("doctor", "--repair", "--data", data);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).containsAnyOf("The graph is damaged.", "The graph cannot be read at all.");
    }

    @Test
    void brokenIndexesAreBuiltAgain() throws Exception {
        try (Stream<Path> files = Files.walk(store("schema/index"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {9, 9, 9});
            }
        }
        Ran repaired = avatar("doctor", "--repair", "--yes", "--data", data);
        assertThat(repaired.code()).as(repaired.out() + repaired.err()).isZero();
        assertThat(messages()).isEqualTo(MESSAGES);
        assertThat(avatar("validate", "--data", data).code()).isZero();
        assertThat(avatar("doctor", "--repair", "--data", data).out()).contains("Nothing needs a repair.");
    }

    @Test
    void temporaryFilesOfAnInterruptedImportAreDeleted() throws Exception {
        Path left = Files.createDirectories(data.resolve("work/snapshot")).resolve("chat.db");
        Files.write(left, new byte[5000]);
        Ran ran = avatar("doctor", "--repair", "--yes", "--data", data);
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out()).contains("An interrupted command left temporary files (5.0 kB).");
        assertThat(left).doesNotExist();
    }
}
