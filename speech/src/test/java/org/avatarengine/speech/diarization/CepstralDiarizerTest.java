package org.avatarengine.speech.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.avatarengine.speech.Sounds;
import org.avatarengine.speech.Span;
import org.avatarengine.speech.media.Sound;
import org.avatarengine.speech.voice.SpeechRegions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voices are synthesized: pulses through moving resonances of vocal tracts of different lengths. */
class CepstralDiarizerTest {
    @TempDir
    Path folder;

    private static float[] sure(double seconds) {
        float[] probabilities = new float[(int) (seconds / SpeechRegions.STEP) + 1];
        Arrays.fill(probabilities, 1);
        return probabilities;
    }

    private List<SpeakerTurn> diarize(float[] samples, Integer speakers) throws Exception {
        try (Sound sound = Sounds.open(folder, samples)) {
            return new CepstralDiarizer()
                    .diarize(sound, List.of(new Span(0, sound.seconds())), sure(sound.seconds()), speakers);
        }
    }

    @Test
    void twoVoicesAreTwoSpeakers() throws Exception {
        List<float[]> parts = new ArrayList<>();
        List<SpeakerTurn> reference = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean first = i % 2 == 0;
            parts.add(Sounds.voice(4, first ? 110 : 210, first ? 1 : 0.8, i));
            reference.add(new SpeakerTurn(first ? "A" : "B", new Span(4 * i, 4 * i + 4)));
        }
        List<SpeakerTurn> found = diarize(Sounds.join(parts.toArray(float[][]::new)), null);
        assertThat(found.getFirst().speaker()).isEqualTo("Speaker 1");
        assertThat(found.stream().map(SpeakerTurn::speaker).distinct()).hasSize(2);
        assertThat(DiarizationError.of(reference, found, new Span(0, 32)).rate())
                .isLessThan(0.1);
    }

    @Test
    void oneVoiceIsOneSpeaker() throws Exception {
        assertThat(diarize(Sounds.voice(20, 120, 1, 3), null).stream()
                        .map(SpeakerTurn::speaker)
                        .distinct())
                .containsExactly("Speaker 1");
    }

    @Test
    void theUserCanGiveTheNumberOfSpeakers() throws Exception {
        float[] samples = Sounds.join(Sounds.voice(6, 110, 1, 1), Sounds.voice(6, 210, 0.8, 2));
        assertThat(diarize(samples, 1).stream().map(SpeakerTurn::speaker).distinct())
                .hasSize(1);
    }

    @Test
    void tooLittleSpeechIsOneSpeaker() throws Exception {
        assertThat(diarize(Sounds.voice(0.5, 110, 1, 1), null))
                .containsExactly(new SpeakerTurn("Speaker 1", new Span(0, 0.5)));
    }
}
