package org.avatarengine.speech.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.avatarengine.failure.MediaException;
import org.avatarengine.failure.ModelException;
import org.avatarengine.speech.transcription.Transcriber.Heard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {
    @TempDir
    Path folder;

    @Test
    void aRecordingComesBackAsItWas() throws Exception {
        RecordingStore store = new RecordingStore(folder);
        Recording recording = Recordings.of(Recordings.utterance(0, "Speaker 1", 0.5, "I'm Anna"));
        store.create(recording.id());
        store.save(recording);
        assertThat(store.find("0123")).isEqualTo(recording);
        assertThat(store.find("dinner")).isEqualTo(recording);
        assertThatThrownBy(() -> store.find("lunch")).isInstanceOf(MediaException.class);
        assertThat(store.leaveOut(recording, "Speaker 1").utterances()).isEmpty();
        store.delete(recording.id());
        assertThat(store.all()).isEmpty();
    }

    @Test
    void aDamagedRecordingIsNamed() throws Exception {
        RecordingStore store = new RecordingStore(folder);
        Files.writeString(store.create("0123456789abcdef").resolve(RecordingStore.RECORDING), "{\"id\":");
        assertThatThrownBy(store::all).isInstanceOf(MediaException.class).hasMessageContaining("is damaged");
    }

    @Test
    void theTranscriptIsKeptUpToAnIncompleteLine() throws Exception {
        Path file = folder.resolve("words.jsonl");
        try (WordJournal journal = new WordJournal(file, "engine 1")) {
            journal.add(new Heard(Recordings.words(0, "one two"), "en"));
            journal.add(new Heard(Recordings.words(5, "three"), "en"));
        }
        String whole = Files.readString(file);
        for (int cut = 0; cut <= whole.length(); cut++) {
            Files.writeString(file, whole.substring(0, cut));
            try (WordJournal journal = new WordJournal(file, "engine 1")) {
                int lines = (int) whole.substring(0, cut).lines().count() - 1;
                assertThat(journal.heard().size()).isBetween(Math.max(0, lines - 1), Math.max(0, lines));
                if (!journal.heard().isEmpty()) {
                    assertThat(journal.heard().getFirst().words()).hasSize(2);
                }
            }
        }
        Files.writeString(file, whole);
        try (WordJournal journal = new WordJournal(file, "engine 2")) {
            assertThat(journal.heard()).isEmpty();
        }
    }

    @Test
    void voicesAreEncryptedAndForgotten() throws Exception {
        Voiceprints voices = new Voiceprints(folder, new byte[32]);
        Voiceprints.Voiceprint anna = new Voiceprints.Voiceprint("person-anna", "encoder", 12, new double[] {1, 0});
        voices.put(anna);
        try (var files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName().toString()).doesNotContain("anna");
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("anna", "encoder");
        }
        assertThat(voices.all().getFirst().likeness(new double[] {1, 1}))
                .isCloseTo(Math.sqrt(0.5), Assertions.within(1e-9));
        byte[] other = new byte[32];
        other[0] = 1;
        assertThatThrownBy(() -> new Voiceprints(folder, other).all()).isInstanceOf(MediaException.class);
        assertThat(voices.delete("person-anna")).isTrue();
        assertThat(voices.delete("person-anna")).isFalse();
        assertThat(voices.all()).isEmpty();
    }

    @Test
    void modelsThatCannotBeUsedAreNotKept() throws Exception {
        SpeechModels models = new SpeechModels(folder.resolve("models"));
        Path noModel = Files.writeString(folder.resolve("ggml-tiny.bin"), "no model");
        for (SpeechModels.Kind kind : SpeechModels.Kind.values()) {
            assertThatThrownBy(() -> models.add(kind, noModel)).isInstanceOf(ModelException.class);
        }
        assertThatThrownBy(() -> models.add(SpeechModels.Kind.WHISPER, folder.resolve("none")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("does not exist");
        assertThat(models.all()).isEmpty();
        assertThatThrownBy(() -> models.transcriber(null, "de", 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("avatar models add whisper");
        assertThat(List.of(models.diarizer().name())).isNotEmpty();
    }
}
