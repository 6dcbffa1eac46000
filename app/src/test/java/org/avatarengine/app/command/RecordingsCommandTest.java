package org.avatarengine.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.avatarengine.app.command.CommandLineTest.avatar;

import java.nio.file.Files;
import java.nio.file.Path;
import org.avatarengine.app.command.CommandLineTest.Ran;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Imports and uses a recording as a user does. */
class RecordingsCommandTest {
    private static final String SAID = "ask not what your country can do for you";

    @TempDir
    static Path shared;

    private static Path data;

    @BeforeAll
    static void runTheDemo() {
        avatar("demo", "--data", shared);
        data = shared.resolve("demo");
    }

    private static Path speech() {
        Path file = Path.of(System.getProperty("avatar.shared", "../shared"), "benchmarks", "ami", "jfk.wav");
        Assumptions.assumeTrue(Files.exists(file), "skipped: " + file + " is not here");
        return file;
    }

    @Test
    void aRecordingIsImportedShownRelabelledRecalledExportedAndDeleted() throws Exception {
        Path file = speech();
        Ran imported = avatar("import", "recording", file, "--at", "2026-03-01T18:30", "--data", data);
        assertThat(imported.err()).doesNotContain("avatar:").doesNotContain("country");
        assertThat(imported.code()).isZero();
        assertThat(imported.out())
                .contains("jfk.wav: 0:11, 1 speaker, 22 words", "unknown", "avatar models add whisper FILE");

        Ran list = avatar("recordings", "list", "--json", "--data", data);
        JsonNode entry = list.json().get(0);
        assertThat(entry.path("title").asString()).isEqualTo("jfk.wav");
        String id = entry.path("id").asString();
        assertThat(avatar("recordings", "show", "jfk", "--data", data).out()).contains("Speaker 1: And so", SAID);

        assertThat(recall()).isEmpty();
        Ran labelled = avatar("recordings", "relabel", id, "--who", "1=Maya", "--json", "--data", data);
        assertThat(labelled.json().get(0).path("person").asString()).isNotEmpty();
        JsonNode found = recall();
        assertThat(found.toString()).contains(SAID);
        Ran seen = avatar("recall", "Maya", "what your country can do for you", "--all-memory", "--data", data);
        assertThat(seen.out()).contains("jfk.wav: file:").containsPattern("original\\.wav#t=0\\.\\d");

        assertThat(avatar("recordings", "export", id, "--format", "srt", "--data", data)
                        .out())
                .startsWith("1\n00:00:0")
                .contains("Maya Okafor: And so");
        assertThat(avatar("recordings", "export", id, "--json", "--data", data)
                        .json()
                        .path("text")
                        .asString())
                .startsWith("WEBVTT");
        Path rttm = data.resolve("out.rttm");
        assertThat(avatar("recordings", "export", id, "--format", "rttm", "--to", rttm, "--json", "--data", data)
                        .code())
                .isZero();
        assertThat(rttm).content().contains("Maya_Okafor");

        // A second import keeps the names that the user gave.
        assertThat(avatar("import", "recording", file, "--again", "--json", "--data", data)
                        .json()
                        .get(0)
                        .path("words")
                        .asInt())
                .isEqualTo(22);
        assertThat(avatar("recordings", "show", id, "--json", "--data", data).out())
                .contains("\"by\" : \"user\"");

        assertThat(avatar("recordings", "delete", id, "--json", "--data", data).code())
                .isZero();
        assertThat(avatar("recordings", "list", "--json", "--data", data).json())
                .isEmpty();
        assertThat(recall()).isEmpty();
    }

    /** The passages from recordings that match. */
    private static JsonNode recall() {
        Ran ran =
                avatar("recall", "Maya", "what your country can do for you", "--all-memory", "--json", "--data", data);
        assertThat(ran.err()).doesNotContain("avatar:");
        var all = tools.jackson.databind.json.JsonMapper.shared().createArrayNode();
        ran.json().forEach(exchange -> {
            if (exchange.path("conversation").asString("").startsWith("recording:")) {
                all.add(exchange);
            }
        });
        return all;
    }

    @Test
    void badFilesAndOptionsPrintOneLine() throws Exception {
        Path text = Files.writeString(data.resolve("notes.mp4"), "no video");
        Ran bad = avatar("import", "recording", text, "--data", data);
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err())
                .contains("avatar: notes.mp4 cannot be read as audio or video")
                .doesNotContain("\tat ");
        assertThat(avatar("import", "recording", data.resolve("none.wav"), "--data", data)
                        .err())
                .contains("is not a file. Give an audio or video file.");
        assertThat(avatar("recordings", "show", "none", "--data", data).err())
                .contains("There is no recording \"none\"");
        assertThat(avatar("import", "recording", text, "--language", "de", "--data", data)
                        .err())
                .contains("Add one that supports de: avatar models add whisper FILE");
        assertThat(avatar("import", "recording", text, "--at", "yesterday", "--data", data)
                        .err())
                .contains("--at yesterday is not a time. Write it as 2026-03-01T18:30.");
        assertThat(avatar("models", "add", "whisper", text, "--data", data).code())
                .isEqualTo(1);
        assertThat(avatar("recordings", "compare", "Maya", "--data", data).err())
                .contains("Not enough to compare how Maya Okafor speaks and writes (");
        assertThat(avatar("recordings", "voices", "--json", "--data", data).json())
                .isEmpty();
    }
}
