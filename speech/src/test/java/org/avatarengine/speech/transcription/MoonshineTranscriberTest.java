package org.avatarengine.speech.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.avatarengine.progress.Progress;
import org.avatarengine.speech.Shared;
import org.avatarengine.speech.media.Ffmpeg;
import org.avatarengine.speech.media.MediaInfo;
import org.avatarengine.speech.media.Sound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoonshineTranscriberTest {
    @TempDir
    Path folder;

    @Test
    void speechIsTranscribedWithWordTimes() throws Exception {
        Path file = Shared.recording("jfk.wav");
        Ffmpeg ffmpeg = Ffmpeg.bundled(folder);
        Path pcm = folder.resolve("jfk.pcm");
        Sound.decode(ffmpeg, file, MediaInfo.of(ffmpeg, file), null, pcm, Progress.SILENT);
        try (Sound sound = Sound.open(pcm);
                Transcriber transcriber = new MoonshineTranscriber(2)) {
            List<Word> words =
                    transcriber.transcribe(sound.read(0, sound.seconds())).words();
            String text = String.join(" ", words.stream().map(Word::text).toList());
            assertThat(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", ""))
                    .isEqualTo(
                            "and so my fellow americans ask not what your country can do for you ask what you can do for"
                                    + " your country");
            double before = 0;
            for (Word word : words) {
                assertThat(word.span().start()).isGreaterThanOrEqualTo(before);
                assertThat(word.span().end()).isLessThanOrEqualTo(sound.seconds());
                before = word.span().start();
            }
            // Checked by ear: "ask" after the first long pause, "country" at the end.
            assertThat(words.get(5).text()).startsWithIgnoringCase("ask");
            assertThat(words.get(5).span().end()).isBetween(3.2, 4.6);
            assertThat(words.getLast().span().start()).isBetween(9.7, 10.7);
        }
    }

    @Test
    void silenceHasNoWords() {
        try (Transcriber transcriber = new MoonshineTranscriber(1)) {
            assertThat(transcriber.transcribe(new float[100]).words()).isEmpty();
        }
    }
}
