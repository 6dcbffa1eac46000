package org.avatarengine.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.avatarengine.reply.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private static Transcript talk() {
        Transcript talk = Transcript.begin("a", "Anna", "b", "Ben", NOW);
        talk.lines().add(new Transcript.Line(NOW, false, "hi \"you\"\n🎉", null, List.of()));
        talk.lines().add(new Transcript.Line(NOW, true, "hey", "nearest", List.of("m1")));
        return talk;
    }

    @Test
    void isReadAsWrittenAndOnlyByItsOwner() throws IOException {
        Path file = folder.resolve("deep/talk.json");
        talk().save(file);
        Transcript read = Transcript.load(file);
        assertThat(read).isEqualTo(talk());
        assertThat(read.turns()).containsExactly(new Turn(false, "hi \"you\"\n🎉"), new Turn(true, "hey"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).as("nothing half-written stays").containsExactly(file);
        }
        read.lines().add(new Transcript.Line(NOW, false, "more", null, List.of()));
    }

    @Test
    void otherFilesAreRefusedWithAnExplanation() throws IOException {
        Path file = folder.resolve("x.json");
        for (String text : List.of(
                "", "{", "[]", "{}", "{\"format\": \"other\"}", "null", "{\"format\": \"avatar-engine-chat/1\"}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Transcript.load(file))
                    .as(text)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is not a saved chat");
        }
    }

    @Property(tries = 300)
    void anyFileIsReadOrRefused(@ForAll String text) throws IOException {
        Path file = Files.createTempFile("talk", ".json");
        try {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Transcript.load(file)).isInstanceOf(IOException.class);
        } finally {
            Files.delete(file);
        }
    }
}
