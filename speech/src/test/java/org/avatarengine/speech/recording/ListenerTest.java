package org.avatarengine.speech.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.avatarengine.failure.MediaException;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.Shared;
import org.avatarengine.speech.Sounds;
import org.avatarengine.speech.diarization.CepstralDiarizer;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.transcription.MoonshineTranscriber;
import org.avatarengine.speech.transcription.Transcriber;
import org.avatarengine.speech.transcription.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerTest {
    private static final Listener.ListenOptions NONE = new Listener.ListenOptions(null, null, null, false);

    @TempDir
    Path folder;

    @Test
    void aSilentFileSaysThatNobodySpeaks() throws Exception {
        Path silent = Sounds.wav(folder.resolve("silent.wav"), new float[32000]);
        RecordingStore store = new RecordingStore(folder.resolve("recordings"));
        try (Transcriber transcriber = new MoonshineTranscriber(1)) {
            Listener listener = new Listener(
                    store,
                    Ffmpeg.bundled(folder.resolve("tools")),
                    transcriber,
                    new CepstralDiarizer(),
                    Progress.SILENT,
                    () -> false);
            assertThatThrownBy(() -> listener.listen(silent, NONE))
                    .isInstanceOf(MediaException.class)
                    .hasMessageContaining("silent.wav is silent: nobody speaks in it");
        }
        assertThat(store.all()).isEmpty();
    }

    /** Stops repeatedly, each time a little later. The result is the same as that of an uninterrupted run. */
    @Test
    void anInterruptedRunContinuesWhereItStopped() throws Exception {
        Path file = Shared.recording("jfk.wav");
        Ffmpeg ffmpeg = Ffmpeg.bundled(folder.resolve("tools"));
        try (Transcriber transcriber = new MoonshineTranscriber(2)) {
            Recording whole = new Listener(
                            new RecordingStore(folder.resolve("one")),
                            ffmpeg,
                            transcriber,
                            new CepstralDiarizer(),
                            Progress.SILENT,
                            () -> false)
                    .listen(file, NONE);
            RecordingStore store = new RecordingStore(folder.resolve("other"));
            Recording pieced = null;
            for (int patience = 1; pieced == null; patience++) {
                AtomicInteger left = new AtomicInteger(patience);
                try {
                    pieced = new Listener(
                                    store,
                                    ffmpeg,
                                    transcriber,
                                    new CepstralDiarizer(),
                                    Progress.SILENT,
                                    () -> left.decrementAndGet() < 0)
                            .listen(file, NONE);
                } catch (Listener.Stopped e) {
                    assertThat(store.all()).isEmpty();
                }
                assertThat(patience).isLessThan(200);
            }
            assertThat(pieced).isEqualTo(whole);
            assertThat(whole.utterances()).isNotEmpty();
            assertThat(whole.speakers()).containsExactly("Speaker 1");
            // Checked by ear: "Americans" ends at 2.3 s, "ask not" begins at 3.3 s, and "for you" ends at 7.7 s.
            List<Word> words = whole.utterances().stream()
                    .flatMap(utterance -> utterance.words().stream())
                    .toList();
            assertThat(words.get(4).span().end()).isCloseTo(2.3, within(0.15));
            assertThat(words.get(5).span().start()).isCloseTo(3.3, within(0.15));
            assertThat(words.get(13).span().end()).isCloseTo(7.7, within(0.2));
            assertThat(whole.style("Speaker 1").wordsPerMinute()).isBetween(100.0, 250.0);
            assertThat(store.folder(whole.id()).resolve("sound.pcm")).doesNotExist();
            assertThat(Files.mismatch(file, store.folder(whole.id()).resolve("original.wav")))
                    .isEqualTo(-1);
        }
    }
}
